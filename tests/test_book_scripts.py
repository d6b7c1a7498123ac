"""Scripts as a reader types them while reading, chapter after chapter: instead of the classes they import ours.

Each runs in a process of its own, as nnfs.init() changes NumPy for the whole process, with few epochs. What is
asserted inside holds on every machine; the lines in LINES are compared where the digits are those of the book.
"""

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from nnfs_helpers.precision import same_digits_as_book

PROJECT = Path(__file__).resolve().parent.parent
START = """
import numpy as np
import nnfs
from nnfs.datasets import sine_data, spiral_data, vertical_data
from nnfs_helpers import *

nnfs.init()
"""
SPIRAL = """
X, y = spiral_data(samples=100, classes=3)
dense1 = Layer_Dense(2, 64)
activation1 = Activation_ReLU()
dense2 = Layer_Dense(64, 3)
loss_activation = Activation_Softmax_Loss_CategoricalCrossentropy()
"""
PICTURES = """
def make_pictures(samples):
    labels = np.random.randint(0, 3, samples)
    images = np.random.randint(0, 90, (samples, 8, 8))
    for image, label in zip(images, labels):
        image[2 * label:2 * label + 3, 1:7] += 140
    return images.astype('uint8'), labels.astype('uint8')

X, y = make_pictures(500)
X_test, y_test = make_pictures(200)
keys = np.array(range(X.shape[0]))
np.random.shuffle(keys)
X = X[keys]
y = y[keys]
X = (X.reshape(X.shape[0], -1).astype(np.float32) - 127.5) / 127.5
X_test = (X_test.reshape(X_test.shape[0], -1).astype(np.float32) - 127.5) / 127.5
"""
PICTURE_MODEL = """
model = Model()
model.add(Layer_Dense(X.shape[1], 32))
model.add(Activation_ReLU())
model.add(Layer_Dense(32, 32))
model.add(Activation_ReLU())
model.add(Layer_Dense(32, 3))
model.add(Activation_Softmax())
"""
PICTURE_TRAINING = (
    PICTURES
    + PICTURE_MODEL
    + """
model.set(
    loss=Loss_CategoricalCrossentropy(),
    optimizer=Optimizer_Adam(learning_rate=0.005, decay=1e-3),
    accuracy=Accuracy_Categorical()
)
model.finalize()
model.train(X, y, validation_data=(X_test, y_test), epochs=8, batch_size=64, print_every=5)
"""
)

SCRIPTS = {}

SCRIPTS["chapter 3"] = """
X, y = spiral_data(samples=100, classes=3)
dense1 = Layer_Dense(2, 3)
dense1.forward(X)
print(dense1.output[:5])
assert dense1.output.shape == (300, 3)
"""

SCRIPTS["chapter 5"] = """
X, y = spiral_data(samples=100, classes=3)
dense1 = Layer_Dense(2, 3)
activation1 = Activation_ReLU()
dense2 = Layer_Dense(3, 3)
activation2 = Activation_Softmax()
loss_function = Loss_CategoricalCrossentropy()
dense1.forward(X)
activation1.forward(dense1.output)
dense2.forward(activation1.output)
activation2.forward(dense2.output)
loss = loss_function.calculate(activation2.output, y)
print('loss:', loss)
predictions = np.argmax(activation2.output, axis=1)
if len(y.shape) == 2:
    y = np.argmax(y, axis=1)
print('acc:', np.mean(predictions == y))
assert abs(loss - np.log(3)) < 1e-4
"""

SCRIPTS["chapter 6"] = """
X, y = vertical_data(samples=100, classes=3)
dense1 = Layer_Dense(2, 3)
activation1 = Activation_ReLU()
dense2 = Layer_Dense(3, 3)
activation2 = Activation_Softmax()
loss_function = Loss_CategoricalCrossentropy()
lowest_loss = 9999999
best_dense1_weights = dense1.weights.copy()
best_dense1_biases = dense1.biases.copy()
best_dense2_weights = dense2.weights.copy()
best_dense2_biases = dense2.biases.copy()
for iteration in range(500):
    dense1.weights += 0.05 * np.random.randn(2, 3)
    dense1.biases += 0.05 * np.random.randn(1, 3)
    dense2.weights += 0.05 * np.random.randn(3, 3)
    dense2.biases += 0.05 * np.random.randn(1, 3)
    dense1.forward(X)
    activation1.forward(dense1.output)
    dense2.forward(activation1.output)
    activation2.forward(dense2.output)
    loss = loss_function.calculate(activation2.output, y)
    accuracy = np.mean(np.argmax(activation2.output, axis=1) == y)
    if loss < lowest_loss:
        print('iteration:', iteration, 'loss:', loss, 'acc:', accuracy)
        best_dense1_weights = dense1.weights.copy()
        best_dense1_biases = dense1.biases.copy()
        best_dense2_weights = dense2.weights.copy()
        best_dense2_biases = dense2.biases.copy()
        lowest_loss = loss
    else:
        dense1.weights = best_dense1_weights.copy()
        dense1.biases = best_dense1_biases.copy()
        dense2.weights = best_dense2_weights.copy()
        dense2.biases = best_dense2_biases.copy()
assert lowest_loss < 0.6
"""

SCRIPTS["chapter 9"] = """
softmax_outputs = np.array([[0.7, 0.1, 0.2], [0.1, 0.5, 0.4], [0.02, 0.9, 0.08]])
class_targets = np.array([0, 1, 1])
softmax_loss = Activation_Softmax_Loss_CategoricalCrossentropy()
softmax_loss.backward(softmax_outputs, class_targets)
activation = Activation_Softmax()
activation.output = softmax_outputs
loss = Loss_CategoricalCrossentropy()
loss.backward(softmax_outputs, class_targets)
activation.backward(loss.dinputs)
assert np.allclose(softmax_loss.dinputs, activation.dinputs)

X, y = spiral_data(samples=100, classes=3)
dense1 = Layer_Dense(2, 3)
activation1 = Activation_ReLU()
dense2 = Layer_Dense(3, 3)
loss_activation = Activation_Softmax_Loss_CategoricalCrossentropy()
dense1.forward(X)
activation1.forward(dense1.output)
dense2.forward(activation1.output)
loss = loss_activation.forward(dense2.output, y)
print('loss:', loss)
loss_activation.backward(loss_activation.output, y)
dense2.backward(loss_activation.dinputs)
activation1.backward(dense2.dinputs)
dense1.backward(activation1.dinputs)
print(dense1.dweights)
print(dense1.dbiases)
print(dense2.dweights)
print(dense2.dbiases)
"""

LOOP = """
lowest_loss = 9999999
for epoch in range(201):
    dense1.forward(X)
    activation1.forward(dense1.output)
    dense2.forward(activation1.output)
    loss = loss_activation.forward(dense2.output, y)
    lowest_loss = min(loss, lowest_loss)
    predictions = np.argmax(loss_activation.output, axis=1)
    if len(y.shape) == 2:
        y = np.argmax(y, axis=1)
    accuracy = np.mean(predictions == y)
    if not epoch % 100:
        print(f'epoch: {epoch}, acc: {accuracy:.3f}, loss: {loss:.3f}, lr: {optimizer.current_learning_rate}')
    loss_activation.backward(loss_activation.output, y)
    dense2.backward(loss_activation.dinputs)
    activation1.backward(dense2.dinputs)
    dense1.backward(activation1.dinputs)
    optimizer.pre_update_params()
    optimizer.update_params(dense1)
    optimizer.update_params(dense2)
    optimizer.post_update_params()
assert lowest_loss < 1.085
"""

for optimizer, name in [
    ("Optimizer_SGD()", "gradient descent"),
    ("Optimizer_SGD(decay=1e-3, momentum=0.9)", "momentum"),
    ("Optimizer_Adagrad(decay=1e-4)", "AdaGrad"),
    ("Optimizer_RMSprop(decay=1e-4)", "RMSprop"),
    ("Optimizer_Adam(learning_rate=0.05, decay=5e-7)", "Adam"),
]:
    SCRIPTS[f"chapter 10, {name}"] = SPIRAL + f"optimizer = {optimizer}\n" + LOOP

SCRIPTS["chapter 11"] = (
    SCRIPTS["chapter 10, Adam"]
    + """
X_test, y_test = spiral_data(samples=100, classes=3)
dense1.forward(X_test)
activation1.forward(dense1.output)
dense2.forward(activation1.output)
loss = loss_activation.forward(dense2.output, y_test)
accuracy = np.mean(np.argmax(loss_activation.output, axis=1) == y_test)
print(f'validation, acc: {accuracy:.3f}, loss: {loss:.3f}')
assert accuracy > 0.6
"""
)

SCRIPTS["chapter 14"] = """
X, y = spiral_data(samples=100, classes=3)
dense1 = Layer_Dense(2, 64, weight_regularizer_l2=5e-4, bias_regularizer_l2=5e-4)
activation1 = Activation_ReLU()
dense2 = Layer_Dense(64, 3)
loss_activation = Activation_Softmax_Loss_CategoricalCrossentropy()
optimizer = Optimizer_Adam(learning_rate=0.02, decay=5e-7)
for epoch in range(201):
    dense1.forward(X)
    activation1.forward(dense1.output)
    dense2.forward(activation1.output)
    data_loss = loss_activation.forward(dense2.output, y)
    regularization_loss = (loss_activation.loss.regularization_loss(dense1) +
                           loss_activation.loss.regularization_loss(dense2))
    loss = data_loss + regularization_loss
    accuracy = np.mean(np.argmax(loss_activation.output, axis=1) == y)
    if not epoch % 100:
        print(f'epoch: {epoch}, acc: {accuracy:.3f}, loss: {loss:.3f} (data_loss: {data_loss:.3f}, ' +
              f'reg_loss: {regularization_loss:.3f}), lr: {optimizer.current_learning_rate}')
    loss_activation.backward(loss_activation.output, y)
    dense2.backward(loss_activation.dinputs)
    activation1.backward(dense2.dinputs)
    dense1.backward(activation1.dinputs)
    optimizer.pre_update_params()
    optimizer.update_params(dense1)
    optimizer.update_params(dense2)
    optimizer.post_update_params()
assert accuracy > 0.7
"""

SCRIPTS["chapter 15"] = """
X, y = spiral_data(samples=200, classes=3)
dense1 = Layer_Dense(2, 64, weight_regularizer_l2=5e-4, bias_regularizer_l2=5e-4)
activation1 = Activation_ReLU()
dropout1 = Layer_Dropout(0.1)
dense2 = Layer_Dense(64, 3)
loss_activation = Activation_Softmax_Loss_CategoricalCrossentropy()
optimizer = Optimizer_Adam(learning_rate=0.05, decay=5e-5)
for epoch in range(201):
    dense1.forward(X)
    activation1.forward(dense1.output)
    dropout1.forward(activation1.output)
    dense2.forward(dropout1.output)
    data_loss = loss_activation.forward(dense2.output, y)
    regularization_loss = (loss_activation.loss.regularization_loss(dense1) +
                           loss_activation.loss.regularization_loss(dense2))
    loss_activation.backward(loss_activation.output, y)
    dense2.backward(loss_activation.dinputs)
    dropout1.backward(dense2.dinputs)
    activation1.backward(dropout1.dinputs)
    dense1.backward(activation1.dinputs)
    optimizer.pre_update_params()
    optimizer.update_params(dense1)
    optimizer.update_params(dense2)
    optimizer.post_update_params()
share = np.mean(dropout1.binary_mask > 0)
assert 0.88 < share < 0.92, share

X_test, y_test = spiral_data(samples=100, classes=3)
dense1.forward(X_test)
activation1.forward(dense1.output)
dense2.forward(activation1.output)
loss_activation.forward(dense2.output, y_test)
accuracy = np.mean(np.argmax(loss_activation.output, axis=1) == y_test)
print(f'validation, acc: {accuracy:.3f}')
assert accuracy > 0.5
"""

SCRIPTS["chapter 16"] = """
X, y = spiral_data(samples=100, classes=2)
y = y.reshape(-1, 1)
dense1 = Layer_Dense(2, 64, weight_regularizer_l2=5e-4, bias_regularizer_l2=5e-4)
activation1 = Activation_ReLU()
dense2 = Layer_Dense(64, 1)
activation2 = Activation_Sigmoid()
loss_function = Loss_BinaryCrossentropy()
optimizer = Optimizer_Adam(decay=5e-7)
for epoch in range(301):
    dense1.forward(X)
    activation1.forward(dense1.output)
    dense2.forward(activation1.output)
    activation2.forward(dense2.output)
    data_loss = loss_function.calculate(activation2.output, y)
    regularization_loss = loss_function.regularization_loss(dense1) + loss_function.regularization_loss(dense2)
    loss = data_loss + regularization_loss
    predictions = (activation2.output > 0.5) * 1
    accuracy = np.mean(predictions == y)
    if not epoch % 100:
        print(f'epoch: {epoch}, acc: {accuracy:.3f}, loss: {loss:.3f}')
    loss_function.backward(activation2.output, y)
    activation2.backward(loss_function.dinputs)
    dense2.backward(activation2.dinputs)
    activation1.backward(dense2.dinputs)
    dense1.backward(activation1.dinputs)
    optimizer.pre_update_params()
    optimizer.update_params(dense1)
    optimizer.update_params(dense2)
    optimizer.post_update_params()
assert loss < 0.67 and accuracy > 0.6
"""

SCRIPTS["chapter 17"] = """
X, y = sine_data()
dense1 = Layer_Dense(1, 64, weight_scale=0.1)
activation1 = Activation_ReLU()
dense2 = Layer_Dense(64, 64, weight_scale=0.1)
activation2 = Activation_ReLU()
dense3 = Layer_Dense(64, 1, weight_scale=0.1)
activation3 = Activation_Linear()
loss_function = Loss_MeanSquaredError()
optimizer = Optimizer_Adam(learning_rate=0.005, decay=1e-3)
accuracy_precision = np.std(y) / 250
for epoch in range(101):
    dense1.forward(X)
    activation1.forward(dense1.output)
    dense2.forward(activation1.output)
    activation2.forward(dense2.output)
    dense3.forward(activation2.output)
    activation3.forward(dense3.output)
    data_loss = loss_function.calculate(activation3.output, y)
    regularization_loss = (loss_function.regularization_loss(dense1) + loss_function.regularization_loss(dense2) +
                           loss_function.regularization_loss(dense3))
    loss = data_loss + regularization_loss
    accuracy = np.mean(np.absolute(activation3.output - y) < accuracy_precision)
    if not epoch % 100:
        print(f'epoch: {epoch}, acc: {accuracy:.3f}, loss: {loss:.3f}')
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
assert loss < 0.06
"""

SCRIPTS["chapter 17, absolute error"] = (
    SCRIPTS["chapter 17"]
    .replace("Loss_MeanSquaredError", "Loss_MeanAbsoluteError")
    .replace("assert loss < 0.06", "assert loss < 0.2")
)

SCRIPTS["chapter 18, regression"] = """
X, y = sine_data()
model = Model()
model.add(Layer_Dense(1, 64))
model.add(Activation_ReLU())
model.add(Layer_Dense(64, 64))
model.add(Activation_ReLU())
model.add(Layer_Dense(64, 1))
model.add(Activation_Linear())
model.set(
    loss=Loss_MeanSquaredError(),
    optimizer=Optimizer_Adam(learning_rate=0.005, decay=1e-3),
    accuracy=Accuracy_Regression()
)
model.finalize()
model.train(X, y, epochs=100, print_every=50)
assert model.loss.calculate(model.predict(X), y) < 0.1
"""

SCRIPTS["chapter 18, binary"] = """
X, y = spiral_data(samples=100, classes=2)
X_test, y_test = spiral_data(samples=100, classes=2)
y = y.reshape(-1, 1)
y_test = y_test.reshape(-1, 1)
model = Model()
model.add(Layer_Dense(2, 64, weight_regularizer_l2=5e-4, bias_regularizer_l2=5e-4))
model.add(Activation_ReLU())
model.add(Layer_Dense(64, 1))
model.add(Activation_Sigmoid())
model.set(
    loss=Loss_BinaryCrossentropy(),
    optimizer=Optimizer_Adam(decay=5e-7),
    accuracy=Accuracy_Categorical(binary=True)
)
model.finalize()
model.train(X, y, validation_data=(X_test, y_test), epochs=200, print_every=100)
"""

SCRIPTS["chapter 18, dropout"] = """
X, y = spiral_data(samples=100, classes=3)
X_test, y_test = spiral_data(samples=100, classes=3)
model = Model()
model.add(Layer_Dense(2, 64, weight_regularizer_l2=5e-4, bias_regularizer_l2=5e-4))
model.add(Activation_ReLU())
model.add(Layer_Dropout(0.1))
model.add(Layer_Dense(64, 3))
model.add(Activation_Softmax())
model.set(
    loss=Loss_CategoricalCrossentropy(),
    optimizer=Optimizer_Adam(learning_rate=0.05, decay=5e-5),
    accuracy=Accuracy_Categorical()
)
model.finalize()
model.train(X, y, validation_data=(X_test, y_test), epochs=200, print_every=100)
confidences = model.predict(X)
assert np.mean(model.output_layer_activation.predictions(confidences) == y) > 0.6
"""

SCRIPTS["chapter 19"] = (
    PICTURE_TRAINING
    + """
confidences = model.predict(X_test)
assert np.mean(np.argmax(confidences, axis=1) == y_test) > 0.9
"""
)

SCRIPTS["chapter 20"] = (
    PICTURE_TRAINING
    + """
model.evaluate(X_test, y_test)
model.evaluate(X, y)
model.evaluate(X, y, batch_size=64)
"""
)

SCRIPTS["chapter 21"] = (
    PICTURE_TRAINING
    + """
before = model.predict(X_test)
parameters = model.get_parameters()
assert [weights.shape for weights, biases in parameters] == [(64, 32), (32, 32), (32, 3)]
model.save_parameters('pictures.parms')
model.save('pictures.model')
"""
    + PICTURE_MODEL
    + """
model.set(loss=Loss_CategoricalCrossentropy(), accuracy=Accuracy_Categorical())
model.finalize()
assert not np.array_equal(model.predict(X_test), before)
model.set_parameters(parameters)
model.evaluate(X_test, y_test)
assert np.array_equal(model.predict(X_test), before)
"""
    + PICTURE_MODEL
    + """
model.set(loss=Loss_CategoricalCrossentropy(), accuracy=Accuracy_Categorical())
model.finalize()
model.load_parameters('pictures.parms')
assert np.array_equal(model.predict(X_test), before)

model = Model.load('pictures.model')
model.evaluate(X_test, y_test)
assert np.array_equal(model.predict(X_test), before)
model.train(X, y, epochs=1, batch_size=64, print_every=5)
"""
)

SCRIPTS["chapter 22"] = (
    PICTURE_TRAINING
    + """
model.save('pictures.model')
names = {0: 'top', 1: 'middle', 2: 'bottom'}
model = Model.load('pictures.model')
confidences = model.predict(X_test[:5])
predictions = model.output_layer_activation.predictions(confidences)
for prediction, label in zip(predictions, y_test[:5]):
    print(names[prediction], names[label])
assert np.array_equal(predictions, y_test[:5])

image = np.zeros((8, 8), dtype=np.uint8)
image[4:7, 1:7] = 200
image = (image.reshape(1, -1).astype(np.float32) - 127.5) / 127.5
prediction = model.output_layer_activation.predictions(model.predict(image))
print('This is', names[prediction[0]])
assert names[prediction[0]] == 'bottom'
"""
)

ADAM = [
    "epoch: 0, acc: 0.360, loss: 1.099, lr: 0.05",
    "epoch: 100, acc: 0.670, loss: 0.705, lr: 0.04999752512250644",
    "epoch: 200, acc: 0.797, loss: 0.522, lr: 0.04999502549496326",
]
LINES = {
    "chapter 3": ["[-1.0475188e-04  1.1395361e-04 -4.7983500e-05]"],
    "chapter 5": ["loss: 1.0986104", "acc: 0.34"],
    "chapter 6": ["iteration: 70 loss: 0.99110943 acc: 0.6666666666666666"],
    "chapter 9": [
        "[[ 1.5766357e-04  7.8368583e-05  4.7324400e-05]",
        "[[-1.0729185e-05 -9.4610732e-06  2.0027859e-05]]",
    ],
    "chapter 10, gradient descent": ["epoch: 200, acc: 0.417, loss: 1.077, lr: 1.0"],
    "chapter 10, momentum": ["epoch: 200, acc: 0.550, loss: 0.955, lr: 0.8340283569641367"],
    "chapter 10, RMSprop": ["epoch: 200, acc: 0.457, loss: 1.072, lr: 0.0009804882831650162"],
    "chapter 10, Adam": ADAM,
    "chapter 11": ADAM,
    "chapter 14": ["epoch: 200, acc: 0.773, loss: 0.690 (data_loss: 0.614, reg_loss: 0.075), lr: 0.019998010197985302"],
    "chapter 17": ["epoch: 0, acc: 0.003, loss: 0.496", "epoch: 100, acc: 0.017, loss: 0.048"],
    "chapter 18, binary": [
        "epoch: 200, acc: 0.630, loss: 0.669 (data_loss: 0.668, reg_loss: 0.001), lr: 0.0009999005098992651"
    ],
}
# Lines that are printed on every machine.
BEGINNINGS = {
    "chapter 18, dropout": ["epoch: 100, acc: ", "epoch: 200, acc: ", "validation, acc: "],
    "chapter 19": ["epoch: 8", "step: 0, acc: ", "step: 7, acc: ", "training, acc: ", "validation, acc: "],
    "chapter 20": ["validation, acc: "],
    "chapter 22": ["This is bottom"],
}


def run(script, folder):
    """Runs a script in a process of its own, where a warning is an error."""
    path = folder / "script.py"
    path.write_text(START + textwrap.dedent(script), encoding="utf-8")
    return subprocess.run(
        [sys.executable, "-W", "error", path.name],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(PROJECT)},
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize("name", SCRIPTS)
def test_script(name, tmp_path):
    result = run(SCRIPTS[name], tmp_path)
    assert result.returncode == 0, result.stderr
    assert result.stderr == ""
    lines = result.stdout.splitlines()
    for beginning in BEGINNINGS.get(name, []):
        assert any(line.startswith(beginning) for line in lines), result.stdout
    if same_digits_as_book():
        for line in LINES.get(name, []):
            assert line in [printed.strip() for printed in lines], result.stdout


def test_a_script_that_fails_is_noticed(tmp_path):
    result = run("dense1 = Layer_Dense(2, 3)\ndense1.forward(np.zeros((5, 4)))", tmp_path)
    assert result.returncode != 0
    assert "shapes (5,4) and (2,3) not aligned" in result.stderr
