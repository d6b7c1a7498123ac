"""Files: they come back whole, they run nothing, and what is broken, foreign or hostile changes nothing."""

import io
import itertools
import json
import os
import pickle
import signal
import subprocess
import sys
import time
import zipfile

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
    Loss_MeanAbsoluteError,
    Loss_MeanSquaredError,
    Model,
    Optimizer_Adagrad,
    Optimizer_Adam,
    Optimizer_RMSprop,
    Optimizer_SGD,
    storage,
)
from nnfs_helpers.storage import ModelFileError

KINDS = {
    "classes": (Activation_Softmax, Loss_CategoricalCrossentropy, Accuracy_Categorical, Optimizer_Adam),
    "numbers": (Activation_Linear, Loss_MeanSquaredError, Accuracy_Regression, Optimizer_RMSprop),
    "distances": (Activation_Linear, Loss_MeanAbsoluteError, Accuracy_Regression, Optimizer_Adagrad),
    "yes and no": (Activation_Sigmoid, Loss_BinaryCrossentropy,
                   lambda: Accuracy_Categorical(binary=True), lambda: Optimizer_SGD(0.1, 1e-3, 0.9)),
}


def build(kind="classes", neurons=8):
    activation, loss, accuracy, optimizer = KINDS[kind]
    model = Model()
    model.add(Layer_Dense(4, neurons, weight_regularizer_l2=5e-4, bias_regularizer_l1=1e-4))
    model.add(Activation_ReLU())
    model.add(Layer_Dropout(0.1))
    model.add(Layer_Dense(neurons, 3))
    model.add(activation())
    model.set(loss=loss(), optimizer=optimizer(), accuracy=accuracy())
    model.finalize()
    return model


def data(kind="classes"):
    X = np.linspace(-1, 1, 120, dtype=np.float32).reshape(30, 4)
    if kind == "classes":
        return X, np.arange(30) % 3
    y = np.abs(X[:, :3])
    return (X, (y > 0.5) * 1) if kind == "yes and no" else (X, y)


def train(model, kind, seed):
    np.random.seed(seed)
    model.train(*data(kind), epochs=3, batch_size=8, print_every=0)


@pytest.fixture
def saved(tmp_path):
    np.random.seed(1)
    model = build()
    train(model, "classes", 2)
    path = tmp_path / "fashion.model"
    model.save(path)
    return model, path


# ---- There and back


@pytest.mark.parametrize("kind", KINDS)
def test_a_model_comes_back_whole_and_goes_on_as_if_never_stopped(kind, tmp_path):
    path = tmp_path / "a.model"
    model = build(kind)
    train(model, kind, 2)
    model.save(path)
    loaded = Model.load(path)
    X, y = data(kind)
    np.testing.assert_array_equal(loaded.predict(X), model.predict(X))
    assert loaded.evaluate(X, y) == model.evaluate(X, y)
    train(model, kind, 5)
    train(loaded, kind, 5)
    for pair, expected in zip(loaded.get_parameters(), model.get_parameters()):
        np.testing.assert_array_equal(pair[0], expected[0])
        np.testing.assert_array_equal(pair[1], expected[1])
    assert loaded.optimizer.__dict__ == model.optimizer.__dict__
    assert loaded.accuracy.__dict__.get("precision") == model.accuracy.__dict__.get("precision")


def test_parameters_come_back_whole(saved, tmp_path):
    model, _ = saved
    path = tmp_path / "fashion.parms"
    model.save_parameters(path)
    other = build()
    other.load_parameters(path)
    X, _ = data()
    np.testing.assert_array_equal(other.predict(X), model.predict(X))


def test_a_model_without_loss_and_optimizer_can_be_saved(tmp_path):
    model = Model()
    model.add(Layer_Dense(4, 3))
    model.add(Activation_Softmax())
    model.finalize()
    model.save(tmp_path / "a.model")
    loaded = Model.load(tmp_path / "a.model")
    np.testing.assert_array_equal(loaded.predict(data()[0]), model.predict(data()[0]))


def test_the_reader_can_open_the_file_and_look(saved):
    model, path = saved
    file = np.load(path, allow_pickle=False)
    np.testing.assert_array_equal(file["layer_1_weights"], model.layers[0].weights)
    assert json.loads(file["contents.json"])["layers"][0]["class"] == "Layer_Dense"


def test_it_is_not_larger_than_it_need_be(saved):
    model, path = saved
    arrays = sum(array.nbytes for pair in model.get_parameters() for array in pair)
    assert os.path.getsize(path) < 3 * arrays + 10_000  # parameters, Adam's two memories, and the names


def test_a_class_of_ones_own_is_refused_with_a_way_out(tmp_path):
    class Activation_Swish(Activation_Linear):
        pass

    model = build()
    model.layers[1] = Activation_Swish()
    model.finalize()
    with pytest.raises(ValueError, match="a Activation_Swish cannot be saved.*save_parameters"):
        model.save(tmp_path / "a.model")
    assert list(tmp_path.iterdir()) == []


# ---- Written whole or not at all


def test_an_error_while_writing_leaves_the_old_file_and_nothing_else(saved, monkeypatch):
    model, path = saved
    before = path.read_bytes()
    monkeypatch.setattr(os, "fsync", lambda _: (_ for _ in ()).throw(OSError("the disk is full")))
    with pytest.raises(OSError, match="the disk is full"):
        model.save(path)
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_killed_at_any_moment_the_file_is_whole(tmp_path):
    path = tmp_path / "a.model"
    program = (
        "import numpy as np\nfrom nnfs_helpers import *\nmodel = Model()\nmodel.add(Layer_Dense(300, 300))\n"
        "model.add(Activation_Softmax())\nmodel.finalize()\nprint('ready', flush=True)\nnumber = 0\n"
        f"while True:\n    number += 1\n    model.layers[0].weights[:] = number\n    model.save({str(path)!r})\n"
    )
    process = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, cwd=os.getcwd())
    process.stdout.readline()
    seen, pauses, end = set(), itertools.cycle(np.linspace(0.01, 0.05, 6)), time.monotonic() + 30
    for number in itertools.count(1):
        time.sleep(next(pauses))
        os.kill(process.pid, signal.SIGSTOP)  # in the middle of anything
        if path.exists():
            seen.add(float(Model.load(path).layers[0].weights.mean()))
        os.kill(process.pid, signal.SIGCONT)
        # A slow machine has not saved twice after six looks.
        if number >= 6 and len(seen) > 1 or time.monotonic() > end:
            break
    process.kill()
    process.wait()
    process.stdout.close()
    weights = Model.load(path).layers[0].weights
    assert (weights == weights[0, 0]).all() and len(seen) > 1


def test_permissions_and_links_are_kept(saved, tmp_path):
    model, path = saved
    path.chmod(0o640)
    link = tmp_path / "link.model"
    link.symlink_to(path)
    model.save(link)
    assert link.is_symlink() and path.stat().st_mode & 0o777 == 0o640


def test_a_missing_folder_or_file_says_so(saved, tmp_path):
    model, _ = saved
    with pytest.raises(FileNotFoundError, match="there is no folder .*nowhere. Make it first"):
        model.save(tmp_path / "nowhere" / "a.model")
    with pytest.raises(FileNotFoundError, match="There is no file .*other.model. Check the name"):
        Model.load(tmp_path / "other.model")


# ---- Broken, foreign, hostile


def test_every_single_flipped_bit_is_noticed_or_harmless(saved):
    model, path = saved
    whole = path.read_bytes()
    expected = model.predict(data()[0])
    random = np.random.default_rng(0)
    refused = 0
    for position in random.permutation(len(whole))[:1500]:
        damaged = bytearray(whole)
        damaged[position] ^= 1 << random.integers(8)
        path.write_bytes(damaged)
        try:
            np.testing.assert_array_equal(Model.load(path).predict(data()[0]), expected)
        except ModelFileError as error:
            assert str(path) in str(error)
            refused += 1
    assert refused > 1000


def test_a_file_that_was_cut_off_is_refused(saved):
    _, path = saved
    whole = path.read_bytes()
    for length in list(range(0, len(whole), 61)) + [len(whole) - 1]:
        path.write_bytes(whole[:length])
        with pytest.raises(ModelFileError):
            Model.load(path)


class Evil:
    def __reduce__(self):
        return exec, ("raise SystemExit('code from the file was run')",)


def test_a_pickle_is_refused_and_not_run(tmp_path):
    path = tmp_path / "a.model"
    path.write_bytes(pickle.dumps(Evil()))
    with pytest.raises(ModelFileError, match="is a pickle file. It is not opened: loading a pickle runs any code"):
        Model.load(path)
    with pytest.raises(ModelFileError, match="is a pickle file"):
        build().load_parameters(path)


@pytest.mark.parametrize("content", [b"", b"PK", b"hello", b"PK\x03\x04" + b"x" * 100])
def test_a_foreign_file_is_refused(content, tmp_path):
    path = tmp_path / "a.model"
    path.write_bytes(content)
    with pytest.raises(ModelFileError):
        Model.load(path)


def rewrite(path, change_contents=None, change_members=None, compression=zipfile.ZIP_STORED):
    """The same file with some of its insides changed, and all checksums right."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    contents = json.loads(members["contents.json"])
    if change_contents:
        change_contents(contents)
    members["contents.json"] = json.dumps(contents).encode()
    if change_members:
        change_members(members)
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, content in members.items():
            archive.writestr(name, content)


def npy(array):
    file = io.BytesIO()
    np.save(file, array, allow_pickle=True)
    return file.getvalue()


HOSTILE_CONTENTS = {
    "another format": (lambda c: c.update(format="x"), "is not a file of model.save"),
    "a newer version": (lambda c: c.update(version=99), "has the version 99, this package reads version 1"),
    "parameters only": (lambda c: c.update(holds="parameters"), "holds 'parameters', not 'model'"),
    "an unknown class": (lambda c: c["layers"][0].update({"class": "os.system"}), "not a class that may stand here"),
    "a wrong family": (lambda c: c["loss"].update({"class": "Layer_Dense"}), "not a class that may stand here"),
    "a setting too many": (lambda c: c["layers"][1].update(weights=1), "has the settings .*weights"),
    "a setting that is code": (lambda c: c["optimizer"].update(epsilon="exit()"), "epsilon .* a number was expected"),
    "no layers": (lambda c: c.update(layers=[]), "no list of layers"),
    "a layer that is a number": (lambda c: c.update(layers=[7]), "has no class name"),
    "another shape": (lambda c: c["arrays"]["layer_1_weights"].update(shape=[8, 4]), "contents.json promises"),
    "an array not there": (lambda c: c["arrays"].update(layer_9_weights={}), "do not agree"),
    "arrays of no layer": (lambda c: c.update(layers=c["layers"][4:]), "layer 1 is a Activation_Softmax"),
    "layers that do not meet": (lambda c: c.update(layers=c["layers"][:3] * 2), "do not fit together"),
}


@pytest.mark.parametrize("what", HOSTILE_CONTENTS)
def test_contents_that_are_not_right(saved, what):
    _, path = saved
    change, message = HOSTILE_CONTENTS[what]
    rewrite(path, change_contents=change)
    with pytest.raises(ModelFileError, match=message):
        Model.load(path)


HOSTILE_MEMBERS = {
    "an object array": (lambda m: m.update({"layer_1_weights.npy": npy(np.array([Evil()]))}), "promises"),
    "another type": (lambda m: m.update({"layer_1_weights.npy": npy(np.zeros((4, 8), "f8"))}), "promises"),
    "text": (lambda m: m.update({"layer_1_weights.npy": npy(np.array(["x"]))}), "promises"),
    "no array": (lambda m: m.update({"layer_1_weights.npy": b"hello"}), "damaged"),
    "fewer numbers": (lambda m: m.update({"layer_1_weights.npy": m["layer_1_weights.npy"][:-4]}), "does not"),
    "a deep contents.json": (lambda m: m.update({"contents.json": b"[" * 100_000}), "contents.json cannot be read"),
    "a huge contents.json": (lambda m: m.update({"contents.json": b" " * 2_000_000}), "no contents.json of a sens"),
    "no contents.json": (lambda m: m.pop("contents.json"), "no contents.json"),
    "a file too many": (lambda m: m.update({"../evil.py": b"exit()"}), "do not agree"),
}


@pytest.mark.parametrize("what", HOSTILE_MEMBERS)
def test_members_that_are_not_right(saved, what):
    _, path = saved
    change, message = HOSTILE_MEMBERS[what]
    rewrite(path, change_members=change)
    with pytest.raises(ModelFileError, match=message):
        Model.load(path)


def test_a_small_file_cannot_grow_large_in_memory(saved):
    _, path = saved
    rewrite(path, compression=zipfile.ZIP_DEFLATED)
    with pytest.raises(ModelFileError, match="is compressed"):
        Model.load(path)


def test_an_oversized_file_is_not_read(saved, monkeypatch):
    _, path = saved
    monkeypatch.setattr(storage, "LARGEST_FILE", 1000)
    with pytest.raises(ModelFileError, match="at most 1,000 are read"):
        Model.load(path)


def test_parameters_that_do_not_fit_change_nothing(saved, tmp_path):
    model, _ = saved
    path = tmp_path / "a.parms"
    build(neurons=9).save_parameters(path)
    before = model.predict(data()[0])
    with pytest.raises(ValueError, match=r"weights of trainable layer 1 have shape \(4, 9\), expected was \(4, 8\)"):
        model.load_parameters(path)
    np.testing.assert_array_equal(model.predict(data()[0]), before)


def test_files_are_not_mixed_up(saved, tmp_path):
    model, path = saved
    with pytest.raises(ModelFileError, match=r"holds 'model', not 'parameters'. Read it with Model.load"):
        model.load_parameters(path)
    model.save_parameters(tmp_path / "a.parms")
    with pytest.raises(ModelFileError, match=r"holds 'parameters', not 'model'. Read it with model.load_parameters"):
        Model.load(tmp_path / "a.parms")
