"""Makes tests/data/pytorch_reference.npz: what PyTorch says about every layer, loss and optimizer.

    pip install torch==2.13.0
    python tests/make_pytorch_reference.py

All numbers are float64. The gradients are PyTorch's own (autograd), none is written down here. Where its
formula is not the book's, the two are brought together exactly, and the place says how.
"""

import json
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as functional

STORED = Path(__file__).parent / "data" / "pytorch_reference.npz"
STEPS = 50
KEPT_STEPS = (1, 2, 10, STEPS)
PENALTIES = {"weight_l1": 0.003, "weight_l2": 0.005, "bias_l1": 0.007, "bias_l2": 0.011}
OPTIMIZERS = {
    "sgd": {"learning_rate": 0.7, "decay": 0.0},
    "sgd_decay": {"learning_rate": 0.9, "decay": 0.02},
    "sgd_momentum": {"learning_rate": 0.3, "decay": 0.0, "momentum": 0.9},
    "sgd_decay_momentum": {"learning_rate": 0.5, "decay": 0.03, "momentum": 0.8},
    "adagrad": {"learning_rate": 0.2, "decay": 0.01, "epsilon": 1e-7},
    "rmsprop": {"learning_rate": 0.02, "decay": 0.04, "epsilon": 1e-7, "rho": 0.8},
    "adam": {"learning_rate": 0.05, "decay": 0.02, "epsilon": 1e-7, "beta_1": 0.85, "beta_2": 0.99},
    "adam_epsilon": {"learning_rate": 0.05, "decay": 0.0, "epsilon": 1e-2, "beta_1": 0.9, "beta_2": 0.999},
}


def leaf(array):
    """A tensor of its own, with a gradient."""
    return torch.tensor(array, dtype=torch.float64, requires_grad=True)


def to_arrays(prefix, **tensors):
    """The tensors as NumPy arrays, under names that begin with the prefix."""
    return {f"{prefix}.{name}": torch.as_tensor(tensor).detach().numpy().copy() for name, tensor in tensors.items()}


def penalty(weight, bias):
    """L1 and L2 as in the book: the sum of the sizes and the sum of the squares, each times its factor."""
    return (
        PENALTIES["weight_l1"] * weight.abs().sum()
        + PENALTIES["weight_l2"] * (weight**2).sum()
        + PENALTIES["bias_l1"] * bias.abs().sum()
        + PENALTIES["bias_l2"] * (bias**2).sum()
    )


def dense_values(generator):
    """A dense layer of ours has weights (inputs, neurons), PyTorch's linear layer the transposed ones."""
    inputs, dvalues = leaf(generator.normal(size=(7, 4))), torch.tensor(generator.normal(size=(7, 3)))
    weights, biases = leaf(generator.normal(size=(4, 3))), leaf(generator.normal(size=(1, 3)))
    output = functional.linear(inputs, weights.T, biases[0])
    output.backward(dvalues)
    plain = to_arrays(
        "dense",
        inputs=inputs,
        weights=weights,
        biases=biases,
        dvalues=dvalues,
        output=output,
        dinputs=inputs.grad,
        dweights=weights.grad,
        dbiases=biases.grad,
    )
    weights.grad = biases.grad = None
    regularization_loss = penalty(weights, biases)
    (torch.sum(functional.linear(inputs, weights.T, biases[0]) * dvalues) + regularization_loss).backward()
    gradients = {"dweights": weights.grad, "dbiases": biases.grad}
    return plain | to_arrays("penalized", loss=regularization_loss, **gradients)


def dropout_values(generator, seed):
    """PyTorch draws other masks, so it is given the mask that NumPy draws from the same seed."""
    inputs, dvalues = leaf(generator.normal(size=(6, 5))), torch.tensor(generator.normal(size=(6, 5)))
    mask = np.random.RandomState(seed).binomial(1, 0.7, (6, 5))
    output = inputs * torch.tensor(mask) / 0.7
    output.backward(dvalues)
    return to_arrays("dropout", seed=seed, inputs=inputs, dvalues=dvalues, output=output, dinputs=inputs.grad)


def activation_values(generator):
    functions = {
        "relu": torch.relu,
        "softmax": lambda inputs: torch.softmax(inputs, dim=1),
        "sigmoid": torch.sigmoid,
        "linear": lambda inputs: inputs * 1,
    }
    values = {}
    for name, function in functions.items():
        inputs, dvalues = leaf(3 * generator.normal(size=(6, 4))), torch.tensor(generator.normal(size=(6, 4)))
        output = function(inputs)
        output.backward(dvalues)
        values |= to_arrays(name, inputs=inputs, dvalues=dvalues, output=output, dinputs=inputs.grad)
    return values


def loss_values(generator):
    """Each loss as the mean over the batch, and its gradient at the network's output."""
    labels = torch.tensor(generator.integers(0, 4, size=6))
    yes_or_no = torch.tensor(generator.integers(0, 2, size=(6, 3)))
    targets = torch.tensor(generator.normal(size=(6, 3)))
    scores, predictions = leaf(2 * generator.normal(size=(6, 4))), leaf(generator.normal(size=(6, 3)))
    probabilities = leaf(torch.softmax(scores, dim=1).detach().numpy())
    shares = leaf(generator.uniform(0.05, 0.95, size=(6, 3)))
    cases = {
        "combined": (scores, labels, functional.cross_entropy),
        "categorical": (probabilities, labels, lambda given, wanted: functional.nll_loss(given.log(), wanted)),
        "binary": (shares, yes_or_no.double(), functional.binary_cross_entropy),
        "squared": (predictions, targets, functional.mse_loss),
        "absolute": (predictions, targets, functional.l1_loss),
    }
    values = {}
    for name, (outputs, wanted, function) in cases.items():
        outputs.grad = None
        loss = function(outputs, wanted)
        loss.backward()
        values |= to_arrays(name, outputs=outputs, targets=wanted, loss=loss, dinputs=outputs.grad)
    return values


def make_optimizer(name, parameters, settings):
    """The torch optimizer of the same formula, and what has to be done before each of its steps.

    Decay: the book divides the rate by 1 + decay * step. PyTorch's Adagrad does the same (lr_decay); the others
    get that rate set before each step.
    Momentum: the book's remembers steps (momentum * last step - rate * gradient), PyTorch's remembers gradients
    and multiplies them with the rate of today. With a decaying rate these differ. With the rate 1, and with
    gradients that are multiplied with the book's rate beforehand, PyTorch's formula is the book's.
    Epsilon: both add it to the root, Adam after the correction of the start: no difference.
    """
    rate, epsilon = settings["learning_rate"], settings.get("epsilon")
    if name.startswith("sgd"):
        momentum = settings.get("momentum", 0.0)
        return torch.optim.SGD(parameters, lr=1.0, momentum=momentum), "scale the gradients"
    if name == "adagrad":
        return torch.optim.Adagrad(parameters, lr=rate, lr_decay=settings["decay"], eps=epsilon), "nothing"
    if name == "rmsprop":
        return torch.optim.RMSprop(parameters, lr=rate, alpha=settings["rho"], eps=epsilon), "set the rate"
    betas = settings["beta_1"], settings["beta_2"]
    return torch.optim.Adam(parameters, lr=rate, betas=betas, eps=epsilon), "set the rate"


def optimizer_step(optimizer, parameters, preparation, rate):
    if preparation == "scale the gradients":
        for parameter in parameters:
            parameter.grad *= rate
    if preparation == "set the rate":
        optimizer.param_groups[0]["lr"] = rate
    optimizer.step()


def training_values(generator):
    """A network 3-8-4 with penalties on its first layer, trained for 50 steps by each optimizer."""
    inputs = torch.tensor(generator.normal(size=(20, 3)))
    labels = torch.tensor(generator.integers(0, 4, size=20))
    start = [0.8 * generator.normal(size=shape) for shape in [(3, 8), (1, 8), (8, 4), (1, 4)]]
    names = ["weights_1", "biases_1", "weights_2", "biases_2"]
    values = to_arrays("training", inputs=inputs, labels=labels, **dict(zip(names, start)))
    for name, settings in OPTIMIZERS.items():
        parameters = [leaf(array) for array in start]
        optimizer, preparation = make_optimizer(name, parameters, settings)
        for step in range(STEPS):
            hidden = torch.relu(inputs @ parameters[0] + parameters[1])
            scores = hidden @ parameters[2] + parameters[3]
            loss = functional.cross_entropy(scores, labels) + penalty(parameters[0], parameters[1])
            optimizer.zero_grad()
            loss.backward()
            rate = settings["learning_rate"] / (1 + settings["decay"] * step)
            optimizer_step(optimizer, parameters, preparation, rate)
            if step + 1 in KEPT_STEPS:
                values |= to_arrays(f"{name}.{step + 1}", loss=loss, **dict(zip(names, parameters)))
    return values


def compute(seed=20):
    """All values as one dictionary of arrays, for inputs drawn from `seed`, and the settings used."""
    generator = np.random.default_rng(seed)
    settings = {"steps": STEPS, "kept_steps": KEPT_STEPS, "penalties": PENALTIES, "optimizers": OPTIMIZERS}
    return (
        {"torch_version": np.array(torch.__version__), "settings": np.array(json.dumps(settings))}
        | dense_values(generator)
        | dropout_values(generator, seed)
        | activation_values(generator)
        | loss_values(generator)
        | training_values(generator)
    )


if __name__ == "__main__":
    np.savez_compressed(STORED, **compute())
    print(f"{STORED.name}: {STORED.stat().st_size / 1000:.0f} kB")
