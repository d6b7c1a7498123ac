"""Curves of a training run: how loss and accuracy went from epoch to epoch."""

from nnfs_helpers.figures.picture import PALETTE, Picture


class LossCurve:
    """The loss so far in one part of a picture, with a dot at the present epoch.

    axes: where to draw. last_epoch, greatest_loss: how far the axes go; they stay as they are.
    """

    def __init__(self, axes, last_epoch, greatest_loss):
        self.axes = axes
        axes.set(xlim=(0, last_epoch), ylim=(0, greatest_loss), xlabel="epoch", ylabel="loss")
        axes.grid(axis="y")
        (self.line,) = axes.plot([], [], color=PALETTE[0])
        (self.dot,) = axes.plot([], [], "o", color=PALETTE[0], clip_on=False)

    def update(self, epochs, losses):
        """epochs, losses: one entry each for every epoch so far."""
        self.line.set_data(epochs, losses)
        self.dot.set_data(epochs[-1:], losses[-1:])
        self.axes.set_title(f"loss {losses[-1]:.3f}")


class TrainingCurves(Picture):
    """Loss and accuracy from epoch to epoch, of the training data and, if there are any, of the validation data."""

    def __init__(self, width=6.5, height=2.9):
        super().__init__(width, height)
        self.parts = dict(zip(("loss", "accuracy"), self.figure.subplots(1, 2)))
        for name, axes in self.parts.items():
            axes.set(xlabel="epoch", ylabel=name)
            axes.grid(axis="y")
            axes.plot([], [], color=PALETTE[0], label="training")
            axes.plot([], [], color=PALETTE[1], linestyle="--", label="validation")
        self.legend = self.parts["accuracy"].legend(loc="lower right")

    def update(self, history):
        """history: what `Model.train` returned, or a dictionary with the same lists: epoch, loss, accuracy."""
        is_validated = "validation_loss" in history
        for name, axes in self.parts.items():
            training, validation = axes.lines
            training.set_data(history["epoch"], history[name])
            if is_validated:
                validation.set_data(history["epoch"], history[f"validation_{name}"])
            axes.relim()
            axes.autoscale()
            axes.set_ylim(0, 1 if name == "accuracy" else None)
        self.legend.set_visible(is_validated)
        first, last = ([history[name][index] for name in self.parts] for index in (0, -1))
        self.alt = (
            f"From epoch {history['epoch'][0]} to {history['epoch'][-1]} the loss goes from {first[0]:.2f} "
            f"to {last[0]:.2f}, the accuracy from {first[1]:.2f} to {last[1]:.2f}."
        )
        return self
