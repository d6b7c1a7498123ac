"""A class that grows method by method, with prose in between.

A class in Python is normally written in one piece. A large one is easier to read in small pieces:

    class Model:
        ...

    @add_to(Model)
    def add(self, layer):
        self.layers.append(layer)

Afterwards `Model` has the method `add`, as if it had been written inside the class. See chapter 18.
"""


def add_to(growing_class):
    """Put the function below this line into `growing_class`, in place of an older method of that name."""

    def attach(method):
        method.__qualname__ = f"{growing_class.__name__}.{method.__name__}"
        setattr(growing_class, method.__name__, method)
        return method

    return attach
