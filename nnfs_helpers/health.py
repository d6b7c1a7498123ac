"""How a network is doing: its gradients by formulas and by trying out, and the numbers of its health (chapter 9).

`layers` is always a list of the reader's own layers and activations, in the order of the forward pass. The ones
with weights are counted from 1; what follows such a layer, up to the next one, is its activation.
"""

import numpy as np

from nnfs_helpers.check import numerical_gradient

NAMES = ("weights", "biases")


def layers_with_weights(layers):
    return [layer for layer in layers if hasattr(layer, "weights")]


def gradients_of(layers):
    """The gradients that `backward` left in the layers: {"weights 1": dweights, "biases 1": dbiases, ...}."""
    numbered = enumerate(layers_with_weights(layers), start=1)
    return {f"{name} {number}": getattr(layer, f"d{name}") for number, layer in numbered for name in NAMES}


def tried_out(layers, loss_of, step=1e-5):
    """The same gradients by trying out every parameter (central differences).

    loss_of: a function without arguments that runs the forward pass and returns the mean loss. It should
        calculate in float64: hand it samples in float64.
    The layers have their own parameters back afterwards.
    """
    found = {}
    for number, layer in enumerate(layers_with_weights(layers), start=1):
        for name in NAMES:
            own = getattr(layer, name)

            def loss_with(array, layer=layer, name=name):
                setattr(layer, name, array)
                return loss_of()

            found[f"{name} {number}"] = numerical_gradient(loss_with, own, step)
            setattr(layer, name, own)
    loss_of()  # so that the outputs in the layers are those of their own parameters again
    return found


def health(layers, updates=None):
    """The health of each layer with weights, after a forward and a backward pass, as a list of dictionaries.

    updates: what is added to the weights of each layer with weights, one array each; None if there is nothing yet.

    layer: "layer 1" and so on. output_size: the typical size of an output (after the activation).
    dead: the share of its neurons that gave 0 for every sample; None where no ReLU follows.
    gradient_size: the typical size of a number in dweights.
    update_ratio: the typical size of an update, as a part of the typical size of a weight.
    Typical size: the root of the mean square.
    """
    numbers = []
    for number, (layer, last) in enumerate(groups_of(layers), start=1):
        is_relu = "ReLU" in type(last).__name__
        update = None if updates is None else updates[number - 1]
        numbers.append({
            "layer": f"layer {number}",
            "output_size": typical_size(last.output),
            "dead": float(np.mean(np.all(last.output == 0, axis=0))) if is_relu else None,
            "gradient_size": typical_size(layer.dweights),
            "update_ratio": None if update is None else typical_size(update) / (typical_size(layer.weights) or np.inf),
        })  # fmt: skip
    return numbers


def groups_of(layers):
    """Each layer with weights, and the last of what follows it: its activation, or the layer itself."""
    groups = []
    for layer in layers:
        if hasattr(layer, "weights"):
            groups.append([layer, layer])
        elif groups and hasattr(layer, "output"):
            groups[-1][1] = layer
    return groups


def typical_size(array):
    """The root of the mean square."""
    return float(np.sqrt(np.mean(np.square(array, dtype=np.float64))))
