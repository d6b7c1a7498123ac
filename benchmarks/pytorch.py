"""PyTorch, eager: the same networks as its tutorials write them, with its default Adam or the fused one."""

import numpy as np
import torch

from benchmarks import workloads

FUSED = False


def start():
    torch.set_num_threads(1)
    torch.manual_seed(0)


def make(name):
    """Returns a function that makes a fresh start and returns another: `run(n)` does n units of the workload."""
    if name.startswith("W6"):
        return lambda: softmax_backward(name)
    X, y = (torch.from_numpy(array) for array in workloads.data(name))
    if name == "W5":
        return lambda: predicting(new_network(name), X)
    y = y if name == "W3" else y.long()
    return lambda: training(name, new_network(name), X, y)


def new_network(name):
    sizes = workloads.WORKLOADS[name].sizes
    parts = []
    for n_inputs, n_neurons in zip(sizes, sizes[1:]):
        parts += [torch.nn.Linear(n_inputs, n_neurons), torch.nn.ReLU()]
    parts.pop()
    if name.startswith("W2"):
        parts.insert(2, torch.nn.Dropout(workloads.DROPOUT))
    return torch.nn.Sequential(*parts)


def softmax_backward(name):
    probabilities, dvalues = workloads.probabilities_and_gradient(name)
    scores = torch.from_numpy(np.log(probabilities)).requires_grad_()
    output, dvalues = torch.softmax(scores, dim=1), torch.from_numpy(dvalues)

    def run(n):
        for _ in range(n):
            torch.autograd.grad(output, scores, dvalues, retain_graph=True)

    return run


def predicting(network, X):
    def run(n):
        with torch.no_grad():
            for _ in range(n):
                torch.cat([torch.softmax(network(piece), dim=1) for piece in X.split(workloads.PIECE)])

    return run


def training(name, network, X, y):
    workload = workloads.WORKLOADS[name]
    loss_function = torch.nn.MSELoss() if workload.kind == "numbers" else torch.nn.CrossEntropyLoss()
    rate, decay = workloads.SETTINGS[name]["learning_rate"], workloads.SETTINGS[name]["decay"]
    optimizer = torch.optim.Adam(network.parameters(), lr=rate, eps=1e-7, **({"fused": True} if FUSED else {}))
    precision = float(y.std()) / 250 if workload.kind == "numbers" else None
    steps_done = 0

    def step(X, y):
        nonlocal steps_done
        output = network(X)
        loss = loss_function(output, y)
        if name.startswith("W2"):
            first = network[0]
            loss = loss + workloads.L2 * (first.weight.square().sum() + first.bias.square().sum())
        figures = [loss.item()]
        with torch.no_grad():
            right = output.argmax(dim=1) == y if precision is None else (output - y).abs() < precision
            figures.append(right.float().mean().item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.param_groups[0]["lr"] = rate / (1 + decay * steps_done)
        optimizer.step()
        steps_done += 1

    def run(n):
        for _ in range(n):
            for first in range(0, workload.samples, workload.batch):
                step(X[first : first + workload.batch], y[first : first + workload.batch])

    run.network = network
    return run
