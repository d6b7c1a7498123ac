"""The playground, driven from code: every control while it trains, the printed code, and nothing left running.

In the page: test_browser_playground.py.
"""

import asyncio
import base64
import gc
import os
import subprocess
import sys
import threading
import time

import ipywidgets as widgets
import numpy as np
import pytest

import nnfs_helpers
from nnfs_helpers import Layer_Dense, Optimizer_Adam, Optimizer_SGD
from nnfs_helpers import playground as module
from nnfs_helpers.figures import Picture
from nnfs_helpers.figures.playground import PlaygroundPicture, share, tiling
from nnfs_helpers.playground import PLAYGROUNDS, Playground, playground, playground_still
from nnfs_helpers.training_run import DATA_SETS, NOTED_EVERY, OwnPoints, Settings, TrainingRun, named_optimizers
from tests.course.stage import stage

SQUARE = np.array([[-0.5, -0.5], [0.5, 0.5], [-0.5, 0.5], [0.5, -0.5]]), np.array([0, 0, 1, 1])


@pytest.fixture(autouse=True)
def nothing_is_left_open():
    yield
    for box in list(PLAYGROUNDS):
        box.close()


def make_run(own=None, **settings):
    return TrainingRun(Settings(**settings), own or OwnPoints.from_arrays(), named_optimizers())


def weights_of(layers):
    return [number for layer in layers if hasattr(layer, "weights") for number in (layer.weights, layer.biases)]


def are_equal(layers, others):
    pairs = list(zip(weights_of(layers), weights_of(others), strict=True))
    return all(np.array_equal(ours, theirs) for ours, theirs in pairs)


# -------------------------------------------------------------------------------------------------- data


@pytest.mark.parametrize("name", [name for name, data in DATA_SETS.items() if data.make])
def test_data_sets(name):
    run = make_run(data=name, samples=40)
    assert run.X.shape == (40 * DATA_SETS[name].classes, 2) and run.X.dtype == np.float32
    assert np.bincount(run.y).tolist() == [40] * DATA_SETS[name].classes
    (x, y), reach = DATA_SETS[name].middle, DATA_SETS[name].reach
    assert np.abs(run.X - (x, y)).max() < reach
    both = set(map(tuple, run.X.tolist())) & set(map(tuple, run.X_test.tolist()))
    assert both <= {(0.0, 0.0)}  # where the arms of every spiral begin


@pytest.mark.parametrize("name", ["circles", "moons"])
def test_circles_and_moons_can_be_learned_but_not_by_a_line(name):
    bent, straight = make_run(data=name, hidden=(16,)), make_run(data=name, hidden=())
    bent.train(300)
    straight.train(300)
    assert bent.measures()["test_accuracy"] > 0.95 > straight.measures()["test_accuracy"] + 0.05


def test_noise_is_added_to_the_same_points():
    clean, noisy = make_run(), make_run(noise=0.1)
    assert np.std(noisy.X - clean.X) == pytest.approx(0.1, rel=0.1)
    assert np.array_equal(noisy.y, clean.y)


# --------------------------------------------------------------------------------------------- the run


def test_the_same_seed_gives_the_same_run():
    runs = [make_run(seed=seed, dropout=0.2, noise=0.04) for seed in (3, 3, 4)]
    for run in runs:
        run.train(50)
    assert are_equal(runs[0].layers, runs[1].layers)
    assert runs[0].history == runs[1].history
    assert not are_equal(runs[0].layers, runs[2].layers)


def test_the_readers_random_numbers_go_on_undisturbed():
    np.random.seed(1)
    expected = np.random.randn(3)
    np.random.seed(1)
    run = make_run(dropout=0.5)
    run.train(20)
    run.change(seed=2, data="moons")
    assert np.array_equal(np.random.randn(3), expected)


def test_what_was_measured_is_noted_every_ten_epochs():
    run = make_run(samples=20)
    run.train(34)
    assert run.history["epoch"] == [0, 10, 20, 30]
    assert run.history["loss"][0] == pytest.approx(np.log(3), abs=0.01)
    assert {len(values) for values in run.history.values()} == {4}
    before = [array.copy() for array in weights_of(run.layers)]
    assert run.measures()["epoch"] == 34
    assert all(np.array_equal(now, old) for now, old in zip(weights_of(run.layers), before))


def test_it_drives_the_classes_of_the_package(monkeypatch):
    class Layer_Traced(Layer_Dense):
        pass

    monkeypatch.setattr(nnfs_helpers, "Layer_Dense", Layer_Traced)
    run = make_run(hidden=(4, 5))
    assert [type(layer) for layer in run.dense_layers] == [Layer_Traced] * 3
    assert [layer.weights.shape for layer in run.dense_layers] == [(2, 4), (4, 5), (5, 3)]


def test_l2_is_the_penalty_of_chapter_14():
    run = make_run(l2=0.01)
    theirs = make_run()
    for layer in theirs.dense_layers:
        layer.weight_regularizer_l2 = 0.01
    run.train(30)
    theirs.train(30)
    assert are_equal(run.layers, theirs.layers)


def test_dropout_switches_hidden_neurons_off_and_keeps_the_mean():
    run = make_run(dropout=0.25)
    run.train(1)
    mask = run.layers[1].mask
    assert mask.dtype == np.float32 and set(np.unique(mask)) == {0, np.float32(1 / 0.75)}
    assert np.mean(mask) == pytest.approx(1, abs=0.02)
    assert not hasattr(run.layers[0], "mask") and not hasattr(run.layers[2], "mask")


# ------------------------------------------------------------------------------------ changed on the way


@pytest.mark.parametrize("change", [{"learning_rate": 0.5}, {"l2": 0.01}, {"dropout": 0.3}, {"optimizer": "RMSprop"}])
def test_some_settings_act_on_the_network_in_training(change):
    changed, unchanged = make_run(), make_run()
    for run in (changed, unchanged):
        run.train(20)
    layers = changed.layers
    changed.change(**change)
    assert changed.epoch == 20 and changed.layers is layers and are_equal(layers, unchanged.layers)
    for run in (changed, unchanged):
        run.train(1)
    assert not are_equal(layers, unchanged.layers)


@pytest.mark.parametrize(
    "change", [{"data": "moons"}, {"samples": 50}, {"noise": 0.1}, {"seed": 1}, {"hidden": (8, 8)}, {"hidden": ()}]
)
def test_others_begin_a_new_network(change):
    run = make_run()
    run.train(20)
    run.change(**change)
    assert run.epoch == 0 and run.changes == {} and run.history["epoch"] == [0]
    fresh = make_run(**change)
    assert are_equal(run.layers, fresh.layers) and np.array_equal(run.X, fresh.X)


def test_another_optimizer_finds_nothing_of_the_one_before():
    run = make_run()
    clean = set(vars(run.layers[0]))
    run.train(5)
    assert hasattr(run.layers[0], "weight_cache")
    run.change(optimizer="SGD")
    left = {"weight_momentums", "bias_momentums", "weight_cache", "bias_cache"}
    assert run.changes[5].left_over == tuple(sorted(left))
    for layer in run.dense_layers:
        assert set(vars(layer)) - clean == {"inputs", "output", "dweights", "dbiases", "dinputs"}
    assert type(run.optimizer) is Optimizer_SGD and run.optimizer.iterations == 0
    run.train(5)


def test_the_learning_rate_is_the_one_that_the_optimizer_uses():
    run = make_run()
    run.train(5)
    run.change(learning_rate=0.002)
    assert run.optimizer.current_learning_rate == run.optimizer.learning_rate == 0.002
    assert run.optimizer.iterations == 5


# --------------------------------------------------------------------------------------------- as code


def own_points_on_the_way(run):
    run.train(15)
    run.add_point((0.123, -0.777), 2)
    run.add_point((0.2, 0.9), 1)
    run.train(15)
    run.remove_point(0)
    run.change(learning_rate=0.1)
    run.train(10)


def all_on_the_way(run):
    run.train(20)
    run.change(learning_rate=0.02)
    run.train(10)
    run.change(dropout=0.2)
    run.change(l2=0.001)
    run.train(10)
    run.change(optimizer="SGD with momentum")
    run.change(learning_rate=0.5)
    run.train(10)
    run.change(optimizer="Adagrad")
    run.change(optimizer="RMSprop", learning_rate=0.01)
    run.train(10)
    run.change(dropout=0.0, l2=0.0)
    run.train(10)
    run.change(learning_rate=1.0)


SCENARIOS = {
    "spiral": ({}, lambda run: run.train(100)),
    "at the start": ({"data": "vertical"}, lambda run: None),
    "circles": ({"data": "circles", "noise": 0.04, "hidden": (16, 8), "seed": 5}, lambda run: run.train(60)),
    "moons": ({"data": "moons", "hidden": (), "optimizer": "SGD", "samples": 30}, lambda run: run.train(60)),
    "previews": ({"l2": 0.0003, "dropout": 0.3}, lambda run: run.train(60)),
    "on the way": ({}, all_on_the_way),
    "own points": ({"data": "own points", "hidden": (12,)}, own_points_on_the_way),
}


def run_scenario(name):
    settings, train = SCENARIOS[name]
    run = make_run(OwnPoints.from_arrays(*SQUARE) if "own" in name else None, **settings)
    train(run)
    return run


@pytest.mark.parametrize("name", SCENARIOS)
def test_the_printed_code_makes_the_same_network(name):
    run, names = run_scenario(name), {}
    exec(run.code, names)
    assert are_equal(run.layers, names["layers"])
    assert np.array_equal(run.X, names["X"]) and np.array_equal(run.y, names["y"])
    assert max(map(len, run.code.splitlines())) <= 110


def test_code_of_a_plain_run_holds_nothing_that_it_does_not_need():
    code = run_scenario("spiral").code
    assert "l2" not in code and "dropout" not in code and "if epoch" not in code
    assert "X, y = spiral_data(samples=100, classes=3)" in code
    assert "optimizer = Optimizer_Adam(learning_rate=0.05)" in code


def test_code_says_what_is_a_preview_and_what_was_changed_when():
    code = run_scenario("on the way").code
    assert "a preview of chapter 14" in code and "a preview of chapter 15" in code
    assert "if epoch == 40:\n        optimizer = Optimizer_SGD(learning_rate=0.5, momentum=0.9)" in code
    assert "if epoch == 70" not in code  # changed after the last epoch


def test_many_points_of_ones_own_are_named_and_not_listed():
    X, y = np.random.RandomState(0).randn(80, 2), np.arange(80) % 2
    run = make_run(OwnPoints.from_arrays(X, y), data="own points")
    run.train(20)
    names = {"X": X, "y": y}
    exec(run.code, names)
    assert are_equal(run.layers, names["layers"])


STAGED = """
import sys
import numpy as np
import nnfs_helpers
from nnfs_helpers.playground import playground, playground_still
assert not hasattr(nnfs_helpers, "Layer_Dropout")
assert "weight_regularizer_l2" not in nnfs_helpers.Layer_Dense.__init__.__code__.co_varnames
if len(sys.argv) > 1:
    exec(open(sys.argv[1]).read())  # what chapter 10 keeps itself
    optimizers = [Optimizer_SGD, Optimizer_Adagrad, Optimizer_RMSprop, Optimizer_Adam]
else:
    optimizers = None
box = playground(seed=2, optimizers=optimizers)
box.step(30)
box.set(l2=0.001, dropout=0.2)
box.step(30)
box.set(optimizer="SGD with momentum", learning_rate=0.5)
box.step(30)
assert box.error is None, box.error
names = dict(globals())
exec(box.code, names)
for ours, theirs in zip(box.run.dense_layers, names["layers"][::2]):
    assert np.array_equal(ours.weights, theirs.weights) and np.array_equal(ours.biases, theirs.biases)
print(playground_still(epochs=20, optimizers=optimizers).alt)
"""


@pytest.mark.parametrize("number", [10, 11])
def test_on_the_package_as_it_is_at_the_chapter(number, tmp_path):
    """In chapter 10 the optimizers are the notebook's own; from chapter 11 on the package has them."""
    stage(number, tmp_path)
    own = []
    if number == 10:
        own = [tmp_path / "optimizers.py"]
        own[0].write_text((stage(11, tmp_path / "next") / "nnfs_helpers" / "optimizers.py").read_text())
        assert "class Optimizer_Adam" not in (tmp_path / "nnfs_helpers" / "optimizers.py").read_text()
    answer = subprocess.run(
        [sys.executable, "-P", "-c", STAGED, *own], capture_output=True, text=True, cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
    )  # fmt: skip
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout.startswith("A 2-64-3 network on spiral, Adam at 0.05, after 20 epochs")


# ----------------------------------------------------------------------------------------- the box, paused


@pytest.fixture
def box():
    return playground(seed=0, hidden=[8], samples=30)


def test_step_and_reset(box):
    first = box.image.value
    box.step()
    assert box.epoch == 1 and box.image.value != first
    box.step(epochs=19)
    assert box.epoch == 20 and box.loss == box.history["loss"][-1]
    box.reset()
    assert box.epoch == 0 and box.image.value == first


CHANGES = {
    "data": "circles", "noise": 0.1, "seed": 7, "hidden": (4, 4), "optimizer": "SGD", "learning_rate": 0.25,
    "l2": 0.003, "dropout": 0.5,
}  # fmt: skip


@pytest.mark.parametrize(("name", "value"), CHANGES.items(), ids=CHANGES)
def test_a_setting_moves_its_control_and_a_control_its_setting(box, name, value):
    box.step(10)
    box.set(**{name: value})
    assert box.panel.controls[name].value == value == box.settings[name]
    start = playground(hidden=[8], samples=30)
    control = start.panel.controls[name]
    control.value = value
    assert start.settings[name] == value and start.error is None
    for one in (start, box):
        one.step(10)
        assert one.image.value == one.picture.redrawn_png()


def test_a_value_between_two_steps_of_a_slider_is_possible_from_code(box):
    box.set(learning_rate=0.0333, dropout=0.33)
    assert box.panel.controls["learning_rate"].value == box.run.optimizer.learning_rate == 0.0333


def test_layers_and_neurons_by_their_controls(box):
    hidden = box.panel.controls["hidden"]
    hidden.layers.value = 3
    hidden.neurons[2].value = 5
    assert box.settings["hidden"] == (8, 16, 5) and box.run.sizes == [2, 8, 16, 5, 3]
    shown = [control.layout.display != "none" for control in hidden.neurons]
    assert shown == [True, True, True, False]
    hidden.layers.value = 0
    assert box.run.sizes == [2, 3] and box.image.value == box.picture.redrawn_png()


def test_settings_that_are_not_possible_are_refused_in_words(box):
    wrong = {
        "there is no setting 'speed'.*data, samples": (TypeError, {"speed": 3}),
        "data='sea'.*'spiral', 'vertical'": (ValueError, {"data": "sea"}),
        "optimizer='Adams'.*'Adam'": (ValueError, {"optimizer": "Adams"}),
        "up to 4 numbers": (ValueError, {"hidden": [1, 2, 3, 4, 5]}),
        "from 1 to 256": (ValueError, {"hidden": [0]}),
        "learning_rate is greater than 0": (ValueError, {"learning_rate": 0}),
        "dropout is at least 0 and less than 1": (ValueError, {"dropout": 1}),
    }
    for message, (kind, values) in wrong.items():
        with pytest.raises(kind, match=message):
            box.set(**values)
    assert box.settings["hidden"] == (8,)


def test_optimizers_can_be_given_in_several_ways():
    assert list(named_optimizers()) == ["SGD", "SGD with momentum", "Adagrad", "RMSprop", "Adam"]
    assert list(named_optimizers([Optimizer_Adam])) == ["Adam"]
    box = playground(optimizers={"slow": Optimizer_Adam, "heavy": (Optimizer_SGD, {"momentum": 0.99})})
    assert box.settings["optimizer"] == "heavy" and box.run.optimizer.momentum == 0.99
    assert "Optimizer_SGD(learning_rate=0.05, momentum=0.99)" in box.code
    with pytest.raises(ValueError, match="no optimizer yet"):
        playground(optimizers=[])


def test_a_loss_that_is_no_number_stops_the_training_and_is_said(box):
    box.set(optimizer="SGD", data="vertical", hidden=[64, 64])
    box.step(5)
    before = box.image.value
    box.run.layers[0].weights[:] = np.inf
    box.step(50)
    assert box.run.has_diverged and box.epoch < 10
    assert "no longer a number" in box.panel.trouble.value and "Reset" in box.panel.trouble.value
    assert "no longer a number" in box.picture.alt and box.image.value != before
    box.reset()
    assert box.panel.trouble.value == "" and not box.run.has_diverged


def test_a_learning_rate_that_is_far_too_high_is_survived(box):
    box.set(optimizer="SGD", learning_rate=1e20)
    box.step(100)
    assert box.run.has_diverged and box.error is None


def test_an_error_in_the_readers_class_is_shown_and_training_stops():
    class Optimizer_Broken(Optimizer_SGD):
        def update_params(self, layer):
            raise TypeError("cannot <add>")

    box = playground(optimizers={"mine": Optimizer_Broken})
    box.tick()
    assert not box.is_playing
    assert "TypeError: cannot &lt;add&gt;" in box.panel.trouble.value and 'role="alert"' in box.panel.trouble.value


def test_a_curve_is_kept_to_compare(box):
    box.step(25)
    box.compare()
    kept, label = box.kept
    assert kept["epoch"] == [0, 10, 20, 25] and label == "Adam 0.05, 8, spiral"
    box.set(hidden=[], optimizer="SGD", l2=0.01, dropout=0.1, noise=0.02)
    box.step(5)
    assert box.run.label == "SGD 0.05, no hidden layer, L2 0.01, dropout 0.1, noise 0.02, spiral"
    assert box.kept == (kept, label) and label in box.panel.kept_words.value
    assert "Pale, the loss of another run: Adam 0.05, 8, spiral." in box.picture.alt
    curve = box.picture.loss.kept_training
    assert curve.get_xdata()[-1] == 25 and box.image.value == box.picture.redrawn_png()
    box.forget()
    assert box.kept is None and len(curve.get_xdata()) == 0
    box.set(learning_rate=0.1)
    box.step(2)
    assert box.run.label.endswith("(changed on the way)")


def test_test_points_are_shown_on_request(box):
    before = box.image.value
    assert all(len(group.get_offsets()) == 0 for group in box.picture.plane.test)
    box.panel.test_points.value = True
    assert sum(len(group.get_offsets()) for group in box.picture.plane.test) == len(box.run.X_test)
    assert box.image.value != before


def test_the_sentence_for_screen_readers_and_the_code_come_when_it_stops(box):
    box.step(30)
    assert "A 2-8-3 network on spiral, Adam at 0.05, after 30 epochs: " in box.panel.sentence.value
    assert 'role="status"' in box.panel.sentence.value
    assert "for epoch in range(30):" in box.panel.code_words.value


def test_pages_without_a_kernel_get_the_picture_and_the_sentence(box):
    bundle = box._repr_mimebundle_()
    assert base64.b64decode(bundle["image/png"]).startswith(b"\x89PNG")
    assert bundle["text/plain"].startswith("A 2-8-3 network on spiral") and "Run this cell" in bundle["text/plain"]


def test_the_still_picture_shows_what_the_playground_does():
    still = playground_still(epochs=40, seed=1, hidden=[16])
    assert isinstance(still, Picture) and "after 40 epochs" in still.alt
    box = playground(seed=1, hidden=[16])
    box.step(40)
    assert still.png() == box.image.value and still.alt == box.picture.alt


# ------------------------------------------------------------------------------------------- own points


def test_points_handed_over_as_arrays():
    X, y = SQUARE
    box = playground(X=100 * X, y=y, X_test=90 * X, y_test=y)
    assert box.settings["data"] == "own points" and len(box.run.X_test) == 4
    x_min, x_max = box.picture.plane.axes.get_xlim()
    assert x_min < -50 and x_max > 50
    box.step(20)
    assert box.history["test_loss"][-1] is not None


def test_arrays_that_are_not_points_are_refused():
    X, y = SQUARE
    with pytest.raises(ValueError, match=r"X has the shape \(4, 1\)"):
        playground(X=X[:, :1], y=y)
    with pytest.raises(ValueError, match=r"y the shape \(3,\)"):
        playground(X=X, y=y[:3])
    with pytest.raises(ValueError, match="whole numbers from 0 to 7"):
        playground(X=X, y=y + 0.5)


def click(box, x, y):
    """As the page tells it: the pixel at a place of the plane."""
    corner, (x_min, x_max), (y_min, y_max) = (58, 54, 322), *(
        (box.picture.plane.axes.get_xlim(), box.picture.plane.axes.get_ylim())
    )
    across, up = (x - x_min) / (x_max - x_min), (y - y_min) / (y_max - y_min)
    box.when_clicked({"dataX": corner[0] + across * corner[2], "dataY": 420 - corner[1] - up * corner[2]})


def test_points_are_placed_and_removed_by_clicks(box):
    click(box, 0, 0)
    assert len(box.run.own.points) == 0  # only where they are wanted
    box.set(data="own points")
    assert "at least two classes" in box.panel.trouble.value and box.panel.own.layout.display == ""
    box.step()
    assert box.epoch == 0
    for label, x, y in [(0, -0.5, 0.25), (1, 0.5, 0.25), (2, 0.0, -0.5)]:
        box.panel.tool.value = label
        click(box, x, y)
    assert np.allclose(box.run.own.points, [[-0.5, 0.25], [0.5, 0.25], [0, -0.5]], atol=0.01)
    assert box.panel.trouble.value == ""
    box.step(100)
    assert box.accuracy == 1
    box.panel.tool.value = "remove"
    click(box, 0.45, 0.3)
    assert box.run.own.labels.tolist() == [0, 2] and box.epoch == 100  # the same network goes on
    box.when_clicked({"dataX": 5, "dataY": 5})
    assert len(box.run.own.points) == 2


def test_points_can_be_placed_with_the_keyboard(box):
    box.set(data="own points")
    first, second = box.panel.place
    first.value, second.value = 0.3, -0.4
    assert box.picture.plane.cross.get_xdata()[0] == 0.3
    box.panel.here.click()
    assert np.allclose(box.run.own.points, [[0.3, -0.4]])
    box.set(data="spiral")
    assert len(box.picture.plane.cross.get_xdata()) == 0


def test_a_point_of_a_class_that_is_new_begins_a_new_network():
    box = playground(X=SQUARE[0], y=SQUARE[1])
    box.step(10)
    box.add_point(0.1, 0.2, 2)
    assert box.epoch == 10 and box.run.sizes[-1] == 3
    box.add_point(0.1, -0.2, 5)
    assert box.epoch == 0 and box.run.sizes[-1] == 6
    for _ in range(6):
        box.remove_point()
    assert not box.run.can_train and box.error is None
    box.remove_point()


# ------------------------------------------------------------------------------------------- while it plays


def in_a_loop(main):
    """Run a coroutine function as a kernel would, and find that nothing of it is left."""

    async def all_of_it():
        await main()
        for box in list(PLAYGROUNDS):
            box.close()
        await asyncio.sleep(0)
        return [task.get_name() for task in asyncio.all_tasks() if task is not asyncio.current_task()]

    assert asyncio.run(all_of_it()) == []


def tasks():
    return [task for task in asyncio.all_tasks() if task.get_name() == "playground" and not task.cancelling()]


async def wait_for(condition, seconds=10):
    end = time.perf_counter() + seconds
    while not condition():
        assert time.perf_counter() < end, "it did not happen"
        await asyncio.sleep(0.005)


def test_it_plays_and_pauses():
    async def main():
        box = playground(hidden=[8], samples=30)
        box.panel.play.click()
        assert box.is_playing and box.panel.play.description == "Pause" and box.panel.pulse.playing
        await wait_for(lambda: box.epoch >= 20)
        box.play()
        assert len(tasks()) == 1
        box.panel.play.click()
        epoch = box.epoch
        await asyncio.sleep(0.1)
        assert box.epoch == epoch and not tasks() and not box.is_playing and not box.panel.pulse.playing
        assert f"range({epoch})" in box.panel.code_words.value

    in_a_loop(main)


def test_everything_can_be_changed_while_it_plays():
    async def main():
        box = playground(hidden=[8], samples=30)
        box.play()
        changes = [*CHANGES.items(), ("data", "own points"), ("data", "spiral"), ("hidden", ()), ("samples", 20)]
        for name, value in changes:
            if value == "own points":
                box.run.own = OwnPoints.from_arrays(*SQUARE)
            box.set(**{name: value})
            before = box.epoch
            box.beat()
            await wait_for(lambda before=before: box.epoch > before)
            assert box.is_playing and box.error is None and box.settings[name] == value
        assert len(tasks()) == 1

    in_a_loop(main)


def test_the_loop_is_free_between_two_slices():
    async def main():
        box = playground()
        box.panel.speed.value = 0  # as fast as it goes
        box.play()
        gaps = []
        while box.epoch < 500:
            box.beat()
            start = time.perf_counter()
            await asyncio.sleep(0)
            gaps.append(time.perf_counter() - start)
        # Twice the time of a slice and a picture, and room for other work on the machine.
        assert sorted(gaps)[int(0.5 * len(gaps))] < 0.1

    in_a_loop(main)


def test_one_plays_at_a_time():
    async def main():
        first, second = playground(), playground()
        first.play()
        second.play()
        assert second.is_playing and not first.is_playing and len(tasks()) == 1
        third = playground()
        assert not second.is_playing and not tasks()
        third.play()

    in_a_loop(main)


def test_a_cell_that_runs_again_closes_what_it_made_before(monkeypatch):
    async def main():
        monkeypatch.setattr(module, "where_it_is_made", lambda: ("cell", "first run"))
        old, beside = playground(), playground()
        old.play()
        monkeypatch.setattr(module, "where_it_is_made", lambda: ("other cell", "second run"))
        other = playground()
        monkeypatch.setattr(module, "where_it_is_made", lambda: ("cell", "third run"))
        new = playground()
        assert PLAYGROUNDS == [other, new] and not tasks()
        assert old.comm is None and beside.comm is None and old.image.comm is None

    in_a_loop(main)


def test_nothing_is_left_of_a_closed_one():
    gc.collect()
    registry = widgets.widget._instances
    before = set(registry)
    box = playground()
    assert len(registry) > len(before) + 50
    box.close()
    assert set(registry) == before


def test_it_stops_when_it_is_shown_nowhere_any_more():
    async def main():
        box = playground()
        box.play()
        box._view_count = 2
        box._view_count = 1
        assert box.is_playing
        box._view_count = 0
        assert not box.is_playing and not tasks()

    in_a_loop(main)


def test_it_waits_for_the_page_and_gives_up_when_nobody_is_there(monkeypatch):
    async def main():
        monkeypatch.setattr(module, "NOBODY", 3)
        box = playground(hidden=[8], samples=30)
        box.play()
        await wait_for(lambda: box.pictures_due == 0)
        epoch = box.epoch
        assert epoch <= 10 * module.PICTURES_PER_BEAT
        await asyncio.sleep(0.1)
        assert box.epoch == epoch and box.is_playing
        box.panel.pulse.value += 1
        await wait_for(lambda: box.epoch > epoch)
        await wait_for(lambda: not box.is_playing)

    in_a_loop(main)


def test_work_from_another_thread_is_done_at_home():
    async def main():
        box = playground(hidden=[8], samples=30)
        seen = []
        box.panel.box.set = lambda **values: seen.append((threading.current_thread(), values))
        thread = threading.Thread(target=setattr, args=(box.panel.controls["noise"], "value", 0.1))
        thread.start()
        thread.join()
        assert seen == []
        await wait_for(lambda: seen)
        assert seen == [(threading.current_thread(), {"noise": 0.1})]

    in_a_loop(main)


def test_without_a_loop_there_is_only_step(box):
    with pytest.raises(RuntimeError, match="box.step"):
        box.play()
    assert not box.is_playing


def test_it_does_not_play_without_anything_to_learn():
    async def main():
        box = playground(data="own points")
        box.play()
        assert not box.is_playing and "two classes" in box.panel.trouble.value
        box.add_point(0, 0, 0)
        box.add_point(0, 1, 1)
        box.play()
        assert box.is_playing

    in_a_loop(main)


def test_it_pauses_when_the_loss_is_no_longer_a_number():
    async def main():
        box = playground(optimizer="SGD", learning_rate=1e20)
        box.play()
        await wait_for(lambda: not box.is_playing)
        assert "no longer a number" in box.panel.trouble.value

    in_a_loop(main)


def test_the_speed_is_measured():
    meter = module.Speedometer()
    for step in range(6):
        meter.note(10 * step)
        time.sleep(0.02)
    assert meter.is_due()
    epochs, pictures = (float(word) for word in meter.words().replace("and", "").split() if word[0].isdigit())
    assert epochs == pytest.approx(10 * pictures, rel=0.1) and 5 < pictures < 55
    assert not meter.is_due()


def test_slow_networks_get_fewer_epochs_a_picture(monkeypatch):
    box = playground(hidden=[8], samples=30)
    train = box.run.train
    monkeypatch.setattr(box.run, "train", lambda epochs: (time.sleep(0.03), train(epochs)))
    box.tick()
    assert box.epoch == 1


# ------------------------------------------------------------------------------------------- the picture


@pytest.mark.parametrize(
    "sizes", [(1,), (64,), (256,), (8, 8, 8, 8), (256, 256, 256, 256), (128, 3), (1, 1, 1), (48, 48)]
)
def test_tiles_fit_and_do_not_overlap(sizes):
    tile, places = tiling(sizes, 234, 148)
    assert len(set(places)) == sum(sizes)
    assert max(top for top, _ in places) + tile <= 148 and max(left for _, left in places) + tile <= 234
    assert tile >= 4


@pytest.mark.parametrize("hidden", [(), (1,), (256, 256), (200, 3, 40, 256)])
def test_networks_of_any_size_are_drawn(hidden):
    run = make_run(hidden=hidden)
    run.train(3)
    picture = PlaygroundPicture().update(run, ((0.0, 0.0), 1.3))
    assert picture.png() == picture.redrawn_png()


def test_a_tile_shows_where_a_neuron_speaks_up():
    run = make_run(hidden=(2,))
    right, dead = run.layers[0].weights.T
    right[:], dead[:] = (1, 0), (0, 0)
    run.layers[0].biases[:] = [[0, -1]]
    picture = PlaygroundPicture().update(run, ((0.0, 0.0), 1.3))
    pixels = np.asarray(picture.neurons.image.get_array())[::-1]
    (tile, ((top, left), (_, other))) = tiling((2,), 234, 148)
    row = pixels[top + tile // 2, left + 1 : left + tile - 1].astype(int)
    assert (row[: tile // 2 - 2] == 255).all() and row[-1].tolist() == [0, 114, 178]
    assert (np.diff(row[:, 0]) <= 0).all()
    assert (pixels[top + 5, other + 5] == pixels[top + 9, other + 9]).all() and pixels[top + 5, other + 5][0] == 205


def test_the_sentence_says_shares_in_words():
    assert [share(part) for part in (0.1, 0.5, 0.6, 0.8, 0.99)] == [
        "fewer than half", "about half", "more than half", "most", "nearly all",
    ]  # fmt: skip


def test_long_curves_are_drawn_with_few_points():
    run = make_run(hidden=(2,), samples=5)
    run.train(200)
    run.history = {name: values * 500 for name, values in run.history.items()}
    run.history["epoch"] = list(range(0, NOTED_EVERY * len(run.history["epoch"]), NOTED_EVERY))
    run.epoch = run.history["epoch"][-1]
    picture = PlaygroundPicture().update(run, ((0.0, 0.0), 1.3))
    assert len(picture.loss.training.get_xdata()) < 1300
    assert picture.loss.axes.get_xlim()[1] == 300_000


def test_it_is_a_box_of_widgets(box):
    assert isinstance(box, Playground) and isinstance(box, widgets.VBox)
