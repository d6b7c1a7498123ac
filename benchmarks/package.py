"""The package itself. W1 and W3 go through the chapters' own loops, the others through `Model`."""

import importlib

import numpy as np

import nnfs_helpers as nn
from benchmarks import workloads


def start():
    """Loads what `Model.train` loads when it is first called: that is no part of training."""
    importlib.import_module("tqdm.auto")


def make(name):
    """Returns a function that makes a fresh start and returns another: `run(n)` does n units of the workload."""
    if name.startswith("W6"):
        return lambda: softmax_backward(name)
    X, y = workloads.data(name)
    makers = {"W1": spiral_loop, "W3": sine_loop, "W5": predicting}
    return lambda: makers.get(name, training)(name, new_layers(name), X, y)


def new_layers(name):
    np.random.seed(0)
    sizes = workloads.WORKLOADS[name].sizes
    settings = {"weight_scale": 0.1} if name == "W3" else {}
    layers = []
    for n_inputs, n_neurons in zip(sizes, sizes[1:]):
        layers += [nn.Layer_Dense(n_inputs, n_neurons, **settings), nn.Activation_ReLU()]
    if name.startswith("W2"):
        layers[0].weight_regularizer_l2 = layers[0].bias_regularizer_l2 = workloads.L2
        layers.insert(2, nn.Layer_Dropout(workloads.DROPOUT))
    return layers[:-1]


def softmax_backward(name):
    softmax = nn.Activation_Softmax()
    softmax.output, dvalues = workloads.probabilities_and_gradient(name)

    def run(n):
        for _ in range(n):
            softmax.backward(dvalues)

    return run


def spiral_loop(name, layers, X, y):
    """Chapter 10's loop."""
    dense1, activation1, dense2 = layers
    loss_activation = nn.Activation_Softmax_Loss_CategoricalCrossentropy()
    optimizer = nn.Optimizer_Adam(**workloads.SETTINGS[name])

    def run(n):
        for _ in range(n):
            dense1.forward(X)
            activation1.forward(dense1.output)
            dense2.forward(activation1.output)
            figures = [loss_activation.forward(dense2.output, y)]
            figures.append(np.mean(np.argmax(loss_activation.output, axis=1) == y))
            loss_activation.backward(loss_activation.output, y)
            dense2.backward(loss_activation.dinputs)
            activation1.backward(dense2.dinputs)
            dense1.backward(activation1.dinputs)
            optimizer.pre_update_params()
            optimizer.update_params(dense1)
            optimizer.update_params(dense2)
            optimizer.post_update_params()

    run.layers = [dense1, dense2]
    return run


def sine_loop(name, layers, X, y):
    """Chapter 17's loop."""
    dense1, activation1, dense2, activation2, dense3 = layers
    activation3, loss_function = nn.Activation_Linear(), nn.Loss_MeanSquaredError()
    optimizer = nn.Optimizer_Adam(**workloads.SETTINGS[name])
    precision = np.std(y) / 250

    def run(n):
        for _ in range(n):
            dense1.forward(X)
            activation1.forward(dense1.output)
            dense2.forward(activation1.output)
            activation2.forward(dense2.output)
            dense3.forward(activation2.output)
            activation3.forward(dense3.output)
            figures = [loss_function.calculate(activation3.output, y)]
            figures.append(np.mean(np.abs(activation3.output - y) < precision))
            loss_function.backward(activation3.output, y)
            activation3.backward(loss_function.dinputs)
            dense3.backward(activation3.dinputs)
            activation2.backward(dense3.dinputs)
            dense2.backward(activation2.dinputs)
            activation1.backward(dense2.dinputs)
            dense1.backward(activation1.dinputs)
            optimizer.pre_update_params()
            optimizer.update_params(dense1)
            optimizer.update_params(dense2)
            optimizer.update_params(dense3)
            optimizer.post_update_params()

    run.layers = [dense1, dense2, dense3]
    return run


def new_model(name, layers):
    model = nn.Model()
    for layer in [*layers, nn.Activation_Softmax()]:
        model.add(layer)
    optimizer = nn.Optimizer_Adam(**workloads.SETTINGS.get(name, {}))
    model.set(loss=nn.Loss_CategoricalCrossentropy(), optimizer=optimizer, accuracy=nn.Accuracy_Categorical())
    model.finalize()
    return model


def training(name, layers, X, y):
    workload = workloads.WORKLOADS[name]
    model = new_model(name, layers)
    model.micro_batch_size = workload.micro_batch
    batch_size = workload.batch if workload.batch < workload.samples else None

    def run(n):
        model.train(X, y, epochs=n, batch_size=batch_size, print_every=0)

    run.layers = model.trainable_layers
    return run


def predicting(name, layers, X, y):
    model = new_model(name, layers)

    def run(n):
        for _ in range(n):
            model.predict(X, batch_size=workloads.PIECE)

    return run
