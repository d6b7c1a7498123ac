"""The model: what it prints and returns, and what it says when something does not fit."""

import os
import subprocess
import sys
import tracemalloc

import numpy as np
import pytest

from nnfs_helpers import (
    Accuracy_Categorical,
    Accuracy_Regression,
    Activation_Linear,
    Activation_ReLU,
    Activation_Sigmoid,
    Activation_Softmax,
    Layer_Dense,
    Layer_Dropout,
    Loss_BinaryCrossentropy,
    Loss_CategoricalCrossentropy,
    Loss_MeanSquaredError,
    Model,
    Optimizer_Adam,
    Optimizer_SGD,
)


@pytest.fixture(autouse=True)
def seed():
    np.random.seed(3)


def points(samples=50):
    X = np.random.randn(samples, 4).astype(np.float32)
    return X, (X[:, 0] > 0) + (X[:, 1] > 0) * 1


def classifier(learning_rate=0.02):
    model = Model()
    model.add(Layer_Dense(4, 8))
    model.add(Activation_ReLU())
    model.add(Layer_Dense(8, 3))
    model.add(Activation_Softmax())
    optimizer = Optimizer_Adam(learning_rate=learning_rate)
    model.set(loss=Loss_CategoricalCrossentropy(), optimizer=optimizer, accuracy=Accuracy_Categorical())
    model.finalize()
    return model


def regressor(outputs=1):
    model = Model()
    model.add(Layer_Dense(4, outputs))
    model.add(Activation_Linear())
    model.set(loss=Loss_MeanSquaredError(), optimizer=Optimizer_SGD(0.1), accuracy=Accuracy_Regression())
    model.finalize()
    return model


# ---- What it prints and returns


def test_without_batches_it_prints_a_line_for_every_so_many_epochs(capsys):
    X, y = points()
    history = classifier().train(X, y, epochs=6, print_every=3, validation_data=(X, y))
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(",")[0] for line in lines] == ["epoch: 3", "epoch: 6", "validation"]
    assert lines[0].endswith(", lr: 0.02") and "(data_loss: " in lines[0] and ", reg_loss: 0.000)" in lines[0]
    assert history["epoch"] == [3, 6]
    assert len(history["validation_loss"]) == 2
    assert f"loss: {history['validation_loss'][-1]:.3f}" in lines[-1]


def test_with_batches_it_prints_epochs_steps_and_the_mean_of_the_epoch(capsys):
    X, y = points()
    history = classifier().train(X, y, epochs=2, batch_size=16, print_every=2, validation_data=(X, y))
    starts = [line.split(",")[0] for line in capsys.readouterr().out.splitlines()]
    steps = ["step: 0", "step: 2", "step: 3", "training", "validation"]
    assert starts == ["epoch: 1", *steps, "epoch: 2", *steps]
    assert set(history) == {
        "epoch", "accuracy", "loss", "data_loss", "regularization_loss", "learning_rate",
        "validation_accuracy", "validation_loss",
    }


def test_print_every_0_prints_nothing_and_records_every_epoch(capsys):
    X, y = points()
    history = classifier().train(X, y, epochs=4, print_every=0, validation_data=(X, y))
    assert capsys.readouterr().out == ""
    assert history["epoch"] == [1, 2, 3, 4]
    assert repr(history).startswith("History of 4 recorded epochs: loss 1.0")


def test_training_learns():
    X, y = points(200)
    history = classifier().train(X, y, epochs=300, print_every=0)
    assert history["accuracy"][-1] > 0.95 > 0.6 > history["accuracy"][0]
    assert history["loss"][-1] < 0.2


def test_an_epoch_of_batches_reports_the_mean_over_all_samples():
    X, y = points()
    model = classifier(learning_rate=0.0)
    history = model.train(X, y, batch_size=16, print_every=0)
    accuracy, loss = model.evaluate(X, y)
    assert history["loss"][0] == pytest.approx(loss, rel=1e-6)
    assert history["accuracy"][0] == pytest.approx(accuracy)


@pytest.mark.parametrize("batch_size", [None, 1, 7, 50, 1000])
def test_evaluate_and_predict_do_not_depend_on_the_batches(batch_size):
    X, y = points()
    model = classifier()
    assert model.evaluate(X, y, batch_size=batch_size) == pytest.approx(model.evaluate(X, y), rel=1e-5)
    np.testing.assert_allclose(model.predict(X, batch_size=batch_size), model.predict(X), rtol=1e-5)


def test_evaluate_learns_nothing_and_leaves_dropout_out():
    X, y = points()
    model = classifier()
    model.layers.insert(2, Layer_Dropout(0.5))
    model.finalize()
    before = model.get_parameters()
    assert model.evaluate(X, y) == model.evaluate(X, y)
    for pair, pair_before in zip(model.get_parameters(), before):
        np.testing.assert_array_equal(pair[0], pair_before[0])


def test_accuracy_of_several_outputs_stays_a_share():
    X, _ = points()
    y = np.stack([X[:, 0], X[:, 1]], axis=1)
    model = regressor(outputs=2)
    model.train(X, y, epochs=200, batch_size=25, print_every=0)
    accuracy, _ = model.evaluate(X, y, batch_size=10)
    assert accuracy == 1.0


def test_a_model_that_was_never_trained_can_be_evaluated():
    X, _ = points()
    accuracy, loss = regressor().evaluate(X, X[:, :1])
    assert 0 <= accuracy <= 1 and loss > 0


def test_a_new_layer_or_loss_must_be_finalized_again():
    X, y = points()
    model = classifier()
    model.set(loss=Loss_CategoricalCrossentropy())
    with pytest.raises(ValueError, match=r"Model.train: the model is not finalized. Call model.finalize"):
        model.train(X, y)


def test_parameters_are_copies():
    model = classifier()
    parameters = model.get_parameters()
    parameters[0][0][:] = 7
    assert not (model.layers[0].weights == 7).any()
    model.set_parameters(parameters)
    parameters[0][0][:] = 8
    assert (model.layers[0].weights == 7).all()


def test_a_failed_set_parameters_changes_no_layer():
    model = classifier()
    before = model.get_parameters()
    wrong = [(np.zeros((4, 8)), np.zeros((1, 8))), (np.zeros((8, 3)), np.zeros((1, 4)))]
    with pytest.raises(ValueError, match=r"biases of trainable layer 2 have shape \(1, 4\), expected was \(1, 3\)"):
        model.set_parameters(wrong)
    for pair, pair_before in zip(model.get_parameters(), before):
        np.testing.assert_array_equal(pair[0], pair_before[0])
        np.testing.assert_array_equal(pair[1], pair_before[1])


class TypedDense:
    """A dense layer as the book's chapters have it, without the package's shortcut."""

    def __init__(self, n_inputs, n_neurons):
        self.weights = 0.01 * np.random.randn(n_inputs, n_neurons).astype(np.float32)
        self.biases = np.zeros((1, n_neurons), dtype=np.float32)
        self.weight_regularizer_l1 = self.weight_regularizer_l2 = 0
        self.bias_regularizer_l1 = self.bias_regularizer_l2 = 0

    def forward(self, inputs, training):
        self.inputs = inputs
        self.output = np.dot(inputs, self.weights) + self.biases

    def backward(self, dvalues):
        self.dweights = np.dot(self.inputs.T, dvalues)
        self.dbiases = np.sum(dvalues, axis=0, keepdims=True)
        self.dinputs = np.dot(dvalues, self.weights.T)


@pytest.mark.parametrize("behind_dropout", [False, True])
def test_a_layer_of_the_readers_own_may_be_the_first(behind_dropout):
    X, y = points()
    trained = []
    for first in (Layer_Dense, TypedDense):
        np.random.seed(5)
        model = Model()
        for layer in [Layer_Dropout(0.2)] * behind_dropout + [first(4, 8), Activation_ReLU(), Layer_Dense(8, 3)]:
            model.add(layer)
        model.add(Activation_Softmax())
        loss, accuracy = Loss_CategoricalCrossentropy(), Accuracy_Categorical()
        model.set(loss=loss, optimizer=Optimizer_Adam(0.02), accuracy=accuracy)
        model.finalize()
        model.train(X, y, epochs=3, batch_size=16, print_every=0)
        trained.append(model)
    for own, typed in zip(*(model.trainable_layers for model in trained)):
        np.testing.assert_array_equal(own.weights, typed.weights)
        np.testing.assert_array_equal(own.biases, typed.biases)


# ---- Gradients added up part by part


def wide_classifier():
    """With dropout and all penalties: what has to stay the same is more than the products."""
    np.random.seed(7)
    model = Model()
    model.add(Layer_Dense(4, 32, weight_regularizer_l1=2e-3, weight_regularizer_l2=3e-3, bias_regularizer_l2=4e-3))
    for layer in (Activation_ReLU(), Layer_Dropout(0.3), Layer_Dense(32, 3, bias_regularizer_l1=5e-3)):
        model.add(layer)
    model.add(Activation_Softmax())
    loss, accuracy = Loss_CategoricalCrossentropy(), Accuracy_Categorical()
    model.set(loss=loss, optimizer=Optimizer_SGD(0.5), accuracy=accuracy)
    model.finalize()
    for layer in model.trainable_layers:
        layer.biases += np.float32(0.1) * np.random.randn(*layer.biases.shape).astype(np.float32)
    return model


@pytest.mark.parametrize("make", [wide_classifier, regressor])
@pytest.mark.parametrize("micro_batch_size", [1, 7, 25, 50, 80])
def test_parts_add_up_to_the_whole_batch(make, micro_batch_size):
    X, y = points()
    if make is regressor:
        y = X[:, :1] + X[:, 1:2] ** 2
    whole, parts = make(), make()
    parts.set_parameters(whole.get_parameters())
    parts.micro_batch_size = micro_batch_size
    histories = []
    for model in (whole, parts):
        np.random.seed(11)  # for dropout
        histories.append(model.train(X, y, epochs=3, print_every=0))
    for layer, other in zip(whole.trainable_layers, parts.trainable_layers):
        for name in ("dweights", "dbiases", "weights", "biases"):
            of_the_whole, of_the_parts = getattr(layer, name), getattr(other, name)
            assert of_the_parts.dtype == np.float32
            np.testing.assert_allclose(of_the_parts, of_the_whole, rtol=1e-4, atol=2e-6)
    for name, figures in histories[0].items():
        np.testing.assert_allclose(histories[1][name], figures, rtol=1e-4, err_msg=name)


def test_parts_of_batches_add_up_to_the_batches():
    X, y = points()
    histories = []
    for micro_batch_size in (None, 5):
        model = wide_classifier()
        model.micro_batch_size = micro_batch_size
        np.random.seed(11)
        histories.append(model.train(X, y, epochs=2, batch_size=16, print_every=0))
        assert model.optimizer.iterations == 2 * 4
    for name, figures in histories[0].items():
        np.testing.assert_allclose(histories[1][name], figures, rtol=1e-4, err_msg=name)


def test_parts_take_less_memory():
    X, y = points(samples=6000)
    peaks = []
    for micro_batch_size in (None, 250):
        model = wide_classifier()
        model.micro_batch_size = micro_batch_size
        tracemalloc.start()
        model.train(X, y, print_every=0)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] / 4


def test_a_micro_batch_must_be_a_number_of_samples():
    model = classifier()
    model.micro_batch_size = 0
    with pytest.raises(ValueError, match="Model.train: model.micro_batch_size is 0, a whole number of at least 1"):
        model.train(*points())


def test_zero_epochs_do_nothing():
    X, y = points()
    assert repr(classifier().train(X, y, epochs=0)) == "History: nothing recorded"


def test_one_sample_one_class_one_feature():
    model = Model()
    model.add(Layer_Dense(1, 1))
    model.add(Activation_Softmax())
    model.set(loss=Loss_CategoricalCrossentropy(), optimizer=Optimizer_SGD(), accuracy=Accuracy_Categorical())
    model.finalize()
    history = model.train(np.ones((1, 1), np.float32), np.array([0]), epochs=2, print_every=0)
    assert history["accuracy"] == [1.0, 1.0]


# ---- The progress bar


def train_in_a_process(code):
    program = (
        "import time, numpy as np\nfrom nnfs_helpers import *\n"
        "model = Model()\nmodel.add(Layer_Dense(4, 3))\nmodel.add(Activation_Softmax())\n"
        "model.set(loss=Loss_CategoricalCrossentropy(), optimizer=Optimizer_SGD(), accuracy=Accuracy_Categorical())\n"
        "model.finalize()\nX, y = np.ones((6, 4), np.float32), np.zeros(6, int)\n" + code
    )
    environment = {name: value for name, value in os.environ.items() if not name.startswith("TQDM")}
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=environment, check=True)


def test_where_nobody_watches_there_are_only_the_lines():
    run = train_in_a_process("model.train(X, y, epochs=2)")
    assert run.stderr == ""
    assert [line[:8] for line in run.stdout.splitlines()] == ["epoch: 1", "epoch: 2"]


def test_on_a_terminal_long_work_shows_a_bar_and_short_work_does_not():
    terminal = "import sys\nsys.stderr.isatty = lambda: True\n"
    slow = "forward = model.layers[0].forward\nmodel.layers[0].forward = lambda *a: (time.sleep(0.05), forward(*a))\n"
    assert "steps" not in train_in_a_process(terminal + "model.train(X, y, epochs=10)").stderr
    assert "/60" in train_in_a_process(terminal + slow + "model.train(X, y, epochs=60)").stderr


# ---- What it says when something does not fit


def test_labels_may_be_of_any_whole_type_or_one_hot():
    X, y = points()
    results = []
    one_hot = np.eye(3)[y]
    for labels in [y.astype(kind) for kind in ("i1", "u1", "i2", "u4", "i8")] + [one_hot, one_hot.astype("u1")]:
        np.random.seed(0)
        results.append(classifier().train(X, labels, epochs=5, print_every=0)["loss"])
    assert all(result == results[0] for result in results)


MESSAGES = {
    "features": (lambda X, y: (X[:, :3], y),
                 r"Model.train: X has 3 features per sample, the first layer expects 4 "
                 r"\(its weights have shape \(4, 8\)\)"),
    "flat": (lambda X, y: (X[0], y), r"X has the shape \(4,\), a table \(samples, inputs\) was expected"),
    "empty": (lambda X, y: (X[:0], y[:0]), r"X has no samples"),
    "list": (lambda X, y: (X.tolist(), y), r"X is a list, a NumPy array was expected. Try np.array\(X\)"),
    "text": (lambda X, y: (X.astype(str), y), r"X holds values of type <U\d+, numbers were expected"),
    "nan": (lambda X, y: (np.where(np.arange(50)[:, None] == 7, np.nan, X), y), r"X holds nan in row 7"),
    "inf": (lambda X, y: (np.where(np.arange(50)[:, None] == 9, np.inf, X), y), r"X holds inf in row 9"),
    "fewer labels": (lambda X, y: (X, y[:5]), r"50 samples but (validation )?y has the shape \(5,\)"),
    "too large": (lambda X, y: (X, y + 1), r"y holds the class 3, the last layer has 3 outputs: classes 0 to 2"),
    "negative": (lambda X, y: (X, y - 1), r"y holds the class -1"),
    "float labels": (lambda X, y: (X, y * 1.0), r"class numbers are whole. Try y.astype\(int\)"),
    "column": (lambda X, y: (X, y.reshape(-1, 1)), r"y has the shape \(50, 1\); expected were class numbers"),
    "not one-hot": (lambda X, y: (X, np.ones((50, 3))), r"not every row has a single 1"),
}


@pytest.mark.parametrize("what", MESSAGES)
def test_data_that_do_not_fit(what):
    spoil, message = MESSAGES[what]
    model = classifier()
    before = model.get_parameters()
    X, y = spoil(*points())
    with pytest.raises(ValueError, match=message):
        model.train(X, y, print_every=0)
    np.testing.assert_array_equal(model.get_parameters()[0][0], before[0][0])
    with pytest.raises(ValueError, match=message.replace("Model.train: X", "Model.train: validation X")):
        model.train(*points(), print_every=0, validation_data=(X, y))


def test_very_large_numbers_are_not_mistaken_for_infinite_ones():
    X, y = points()
    classifier().predict(X * np.float32(1e38))


@pytest.mark.parametrize(
    "arguments, message",
    [
        ({"epochs": -1}, "epochs is -1, a whole number of at least 0 was expected"),
        ({"epochs": 1.5}, "epochs is 1.5, a whole number"),
        ({"batch_size": 0}, "batch_size is 0, a whole number of at least 1"),
        ({"print_every": -2}, "print_every is -2"),
        ({"validation_data": 3}, "validation_data must be a pair"),
    ],
)
def test_arguments_that_make_no_sense(arguments, message):
    with pytest.raises(ValueError, match=message):
        classifier().train(*points(), **arguments)


def test_an_unknown_argument():
    with pytest.raises(TypeError, match=r"Model.train has no argument 'epoch'. It takes: X, y, epochs, batch_size"):
        classifier().train(*points(), epoch=3)
    with pytest.raises(TypeError, match=r"Model.set has no argument 'losses'. It takes: loss, optimizer, accuracy"):
        Model().set(losses=3)


def test_a_loss_that_is_no_number_any_more():
    X, _ = points()
    model = regressor()
    model.set(optimizer=Optimizer_SGD(learning_rate=1e6))
    with pytest.raises(ValueError, match=r"the loss became (nan|inf) in epoch \d+, step 0. The usual cause is a learn"):
        with np.errstate(over="ignore", invalid="ignore"):
            model.train(X, X[:, :1] * 1000, epochs=100, print_every=0)


def test_targets_of_a_regression_and_of_yes_and_no():
    X, _ = points()
    with pytest.raises(ValueError, match=r"y has the shape \(50,\), Loss_MeanSquaredError expects \(50, 1\)"):
        regressor().train(X, X[:, 0])
    model = Model()
    model.add(Layer_Dense(4, 1))
    model.add(Activation_Sigmoid())
    accuracy = Accuracy_Categorical(binary=True)
    model.set(loss=Loss_BinaryCrossentropy(), optimizer=Optimizer_SGD(), accuracy=accuracy)
    model.finalize()
    with pytest.raises(ValueError, match="y holds values from 0 to 2, Loss_BinaryCrossentropy expects 0 or 1"):
        model.train(X, np.arange(50).reshape(-1, 1) % 3)


def test_models_that_are_not_whole():
    X, y = points()
    model = Model()
    with pytest.raises(ValueError, match="the model has no layers"):
        model.finalize()
    model.add(Layer_Dense(4, 8))
    with pytest.raises(ValueError, match="Model.predict: the model is not finalized"):
        model.predict(X)
    with pytest.raises(ValueError, match="the last layer is a Layer_Dense, an activation function was"):
        model.finalize()
    model.add(Layer_Dense(7, 3))
    model.add(Activation_Softmax())
    with pytest.raises(ValueError, match=r"layer 2 expects 7 inputs \(its weights have shape \(7, 3\)\), but .* 8"):
        model.finalize()
    model.layers[1] = Layer_Dense(8, 3)
    model.finalize()
    assert model.predict(X).shape == (50, 3)
    with pytest.raises(ValueError, match=r"Model.train: the model has no loss. Choose one with model.set\(loss="):
        model.train(X, y)
