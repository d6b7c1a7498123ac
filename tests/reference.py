"""The book's arithmetic, written down plainly from its formulas: the yardstick for the package.

Nothing here comes from `nnfs_helpers`, and nothing is made fast or nice: each function is one formula, with
its steps in the order in which the chapters first take them. Run under the book's precision it gives, bit for
bit, the numbers the package has to give.

The book's own slips are kept out, as in the package: the sign of the gradient of the mean absolute error, and
the accidental float64 behind dropout.
"""

import numpy as np

# --- layers and activation functions (chapters 3, 4, 9, 14, 15, 16) --------------------------------------


def new_dense(n_inputs, n_neurons, weight_scale=0.01, weight_l1=0, weight_l2=0, bias_l1=0, bias_l2=0):
    """One layer: its parameters, what punishes them, and room for the optimizer's memory."""
    return {
        "weights": weight_scale * np.random.randn(n_inputs, n_neurons),
        "biases": np.zeros((1, n_neurons)),
        "penalties": {"weights": (weight_l1, weight_l2), "biases": (bias_l1, bias_l2)},
        "memory": {},
    }


def dense_forward(layer, inputs):
    layer["inputs"] = inputs
    return np.dot(inputs, layer["weights"]) + layer["biases"]


def dense_backward(layer, dvalues):
    gradients = {
        "weights": np.dot(layer["inputs"].T, dvalues),
        "biases": np.sum(dvalues, axis=0, keepdims=True),
    }
    for name, (l1, l2) in layer["penalties"].items():
        if l1 > 0:
            slope = np.ones_like(layer[name])
            slope[layer[name] < 0] = -1
            gradients[name] += l1 * slope
        if l2 > 0:
            gradients[name] += 2 * l2 * layer[name]
    layer["gradients"] = gradients
    return np.dot(dvalues, layer["weights"].T)


def relu_forward(inputs):
    return np.maximum(0, inputs)


def relu_backward(inputs, dvalues):
    dinputs = dvalues.copy()
    dinputs[inputs <= 0] = 0
    return dinputs


def softmax_forward(inputs):
    exponentials = np.exp(inputs - np.max(inputs, axis=1, keepdims=True))
    return exponentials / np.sum(exponentials, axis=1, keepdims=True)


def softmax_backward(output, dvalues):
    """Sample by sample, with the whole Jacobian matrix."""
    dinputs = np.empty_like(dvalues)
    for index, (probabilities, gradient) in enumerate(zip(output, dvalues)):
        column = probabilities.reshape(-1, 1)
        jacobian = np.diagflat(column) - np.dot(column, column.T)
        dinputs[index] = np.dot(jacobian, gradient)
    return dinputs


def sigmoid_forward(inputs):
    return 1 / (1 + np.exp(-inputs))


def sigmoid_backward(output, dvalues):
    return dvalues * (1 - output) * output


def dropout_mask(shape, rate):
    keep = 1 - rate
    return np.random.binomial(1, keep, size=shape).astype(np.float32) / np.float32(keep)


# --- losses and accuracies (chapters 5, 9, 14, 16, 17) ---------------------------------------------------


def clip(probabilities):
    return np.clip(probabilities, 1e-7, 1 - 1e-7)


def categorical_losses(probabilities, labels):
    return -np.log(clip(probabilities)[np.arange(len(probabilities)), labels])


def softmax_and_categorical_backward(probabilities, labels):
    dinputs = probabilities.copy()
    dinputs[np.arange(len(probabilities)), labels] -= 1
    return dinputs / len(probabilities)


def binary_losses(probabilities, targets):
    clipped = clip(probabilities)
    losses = -(targets * np.log(clipped) + (1 - targets) * np.log(1 - clipped))
    return np.mean(losses, axis=-1)


def binary_backward(probabilities, targets):
    clipped = clip(probabilities)
    slopes = -(targets / clipped - (1 - targets) / (1 - clipped)) / probabilities.shape[1]
    return slopes / len(probabilities)


def squared_losses(predictions, targets):
    return np.mean((targets - predictions) ** 2, axis=-1)


def squared_backward(predictions, targets):
    return -2 * (targets - predictions) / predictions.shape[1] / len(predictions)


def penalty(layers):
    total = 0
    for layer in layers:
        for name, (l1, l2) in layer["penalties"].items():
            if l1 > 0:
                total += l1 * np.sum(np.abs(layer[name]))
            if l2 > 0:
                total += l2 * np.sum(layer[name] * layer[name])
    return total


# --- optimizers (chapter 10): each returns what is added to one parameter array --------------------------


def sgd(settings, rate, step, memory, gradient):
    if not settings.get("momentum"):
        return -rate * gradient
    before = memory.get("momentums", np.zeros_like(gradient))
    memory["momentums"] = settings["momentum"] * before - rate * gradient
    return memory["momentums"]


def adagrad(settings, rate, step, memory, gradient):
    memory["cache"] = memory.get("cache", np.zeros_like(gradient)) + gradient**2
    return -rate * gradient / (np.sqrt(memory["cache"]) + 1e-7)


def rmsprop(settings, rate, step, memory, gradient):
    rho = settings.get("rho", 0.9)
    memory["cache"] = rho * memory.get("cache", np.zeros_like(gradient)) + (1 - rho) * gradient**2
    return -rate * gradient / (np.sqrt(memory["cache"]) + 1e-7)


def adam(settings, rate, step, memory, gradient):
    nothing = np.zeros_like(gradient)
    memory["momentums"] = 0.9 * memory.get("momentums", nothing) + (1 - 0.9) * gradient
    memory["cache"] = 0.999 * memory.get("cache", nothing) + (1 - 0.999) * gradient**2
    momentums = memory["momentums"] / (1 - 0.9 ** (step + 1))
    cache = memory["cache"] / (1 - 0.999 ** (step + 1))
    return -rate * momentums / (np.sqrt(cache) + 1e-7)


def decayed_rate(settings, step):
    return settings["learning_rate"] * (1.0 / (1.0 + settings.get("decay", 0) * step))


def update(layers, rule, settings, step):
    """One step of an optimizer: changes the layers' parameters and returns the learning rate it used."""
    rate = decayed_rate(settings, step)
    for layer in layers:
        for name in ("weights", "biases"):
            memory = layer["memory"].setdefault(name, {})
            layer[name] += rule(settings, rate, step, memory, layer["gradients"][name])
    return rate


# --- a whole network: dense layers with ReLU between them, and one of three outputs ----------------------


def network_forward(layers, inputs, kind, dropout=0):
    """Returns the network's output; remembers in each layer what the backward pass needs."""
    for layer in layers[:-1]:
        layer["sums"] = dense_forward(layer, inputs)
        inputs = relu_forward(layer["sums"])
        if dropout:
            layer["mask"] = dropout_mask(inputs.shape, dropout)
            inputs = inputs * layer["mask"]
    output = dense_forward(layers[-1], inputs)
    activations = {"softmax": softmax_forward, "sigmoid": sigmoid_forward, "linear": lambda sums: sums}
    return activations[kind](output)


def network_losses(output, targets, kind):
    losses = {"softmax": categorical_losses, "sigmoid": binary_losses, "linear": squared_losses}
    return losses[kind](output, targets)


def network_right(output, targets, kind):
    """True where a prediction counts as right."""
    if kind == "softmax":
        return np.argmax(output, axis=1) == targets
    if kind == "sigmoid":
        return (output > 0.5) * 1 == targets
    return np.abs(output - targets) < np.std(targets) / 250


def network_backward(layers, output, targets, kind):
    if kind == "softmax":
        dvalues = softmax_and_categorical_backward(output, targets)
    elif kind == "sigmoid":
        dvalues = sigmoid_backward(output, binary_backward(output, targets))
    else:
        dvalues = squared_backward(output, targets)
    dvalues = dense_backward(layers[-1], dvalues)
    for layer in reversed(layers[:-1]):
        if "mask" in layer:
            dvalues = dvalues * layer["mask"]
        dvalues = dense_backward(layer, relu_backward(layer["sums"], dvalues))


def train_step(layers, inputs, targets, kind, rule, settings, step, dropout=0):
    """Forward, backward, update; returns the losses, the right ones, the penalty and the rate of this step."""
    output = network_forward(layers, inputs, kind, dropout)
    losses = network_losses(output, targets, kind)
    right = network_right(output, targets, kind)
    penalty_before = penalty(layers)
    network_backward(layers, output, targets, kind)
    return losses, right, penalty_before, update(layers, rule, settings, step)


def train(layers, inputs, targets, kind, rule, settings, epochs, dropout=0):
    """Trains on all samples at once; returns the figures of every hundredth epoch, as the chapters print them.

    They tell of the network before that epoch's update, and of the learning rate of the update before it.
    """
    log = []
    rate = settings["learning_rate"]
    for epoch in range(epochs):
        printed_rate = rate
        losses, right, penalty_before, rate = train_step(layers, inputs, targets, kind, rule, settings, epoch, dropout)
        if epoch % 100 == 0:
            loss = np.mean(losses)
            log.append(
                {
                    "epoch": epoch,
                    "acc": np.mean(right),
                    "loss": loss + penalty_before,
                    "data_loss": loss,
                    "reg_loss": penalty_before,
                    "lr": printed_rate,
                }
            )
    return log


def train_in_batches(layers, inputs, targets, kind, rule, settings, epochs, batch_size, dropout=0):
    """Trains batch after batch (chapter 19); returns the means over each epoch."""
    log = []
    step = 0
    for epoch in range(1, epochs + 1):
        loss_sum = right_sum = right_count = 0
        for start in range(0, len(inputs), batch_size):
            batch, wanted = inputs[start : start + batch_size], targets[start : start + batch_size]
            losses, right, _, rate = train_step(layers, batch, wanted, kind, rule, settings, step, dropout)
            loss_sum = loss_sum + np.sum(losses)
            right_sum, right_count = right_sum + np.sum(right), right_count + right.size
            step += 1
        data_loss, penalty_after = loss_sum / len(inputs), penalty(layers)
        log.append(
            {
                "epoch": epoch,
                "acc": right_sum / right_count,
                "loss": data_loss + penalty_after,
                "data_loss": data_loss,
                "reg_loss": penalty_after,
                "lr": rate,
            }
        )
    return log
