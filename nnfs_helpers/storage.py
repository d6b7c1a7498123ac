"""How parameters and whole models become a file, and come back whole (chapter 21).

A file is an ordinary zip archive, the same that `np.savez` writes: rename a copy to .zip and look inside.

    contents.json               what the file is: format, version, layers, loss, optimizer, accuracy, arrays
    layer_1_weights.npy ...     one NumPy array each

Nothing in it is ever executed, unlike in a pickle file, which runs whatever its writer put into it. A file is
written beside its place and then moved there, so that at every moment the old or the new one is whole.
"""

import io
import json
import math
import os
import tempfile
import zipfile

import numpy as np

from nnfs_helpers import accuracy, activations, layers, losses, optimizers

FORMAT = "nnfs_helpers"
VERSION = 1
LARGEST_FILE = 2 * 1024**3  # bytes; the networks of the course need less than a thousandth of it
LARGEST_CONTENTS = 1024**2  # bytes, of contents.json

# What a layer, a loss, an optimizer or an accuracy needs to be itself again, apart from its arrays.
SETTINGS = {
    "Layer_Dense": (
        "weight_regularizer_l1",
        "weight_regularizer_l2",
        "bias_regularizer_l1",
        "bias_regularizer_l2",
    ),
    "Layer_Dropout": ("rate",),
    "Activation_ReLU": (),
    "Activation_Softmax": (),
    "Activation_Sigmoid": (),
    "Activation_Linear": (),
    "Loss_CategoricalCrossentropy": (),
    "Loss_BinaryCrossentropy": (),
    "Loss_MeanSquaredError": (),
    "Loss_MeanAbsoluteError": (),
    "Optimizer_SGD": ("learning_rate", "current_learning_rate", "decay", "iterations", "momentum"),
    "Optimizer_Adagrad": ("learning_rate", "current_learning_rate", "decay", "iterations", "epsilon"),
    "Optimizer_RMSprop": ("learning_rate", "current_learning_rate", "decay", "iterations", "epsilon", "rho"),
    "Optimizer_Adam": (
        "learning_rate",
        "current_learning_rate",
        "decay",
        "iterations",
        "epsilon",
        "beta_1",
        "beta_2",
    ),
    "Accuracy_Categorical": ("binary",),
    "Accuracy_Regression": ("precision",),
}
MODULES = {
    "Layer": layers,
    "Activation": activations,
    "Loss": losses,
    "Optimizer": optimizers,
    "Accuracy": accuracy,
}
PARAMETERS = ("weights", "biases")
MEMORIES = (
    "weight_momentums",
    "bias_momentums",
    "weight_cache",
    "bias_cache",
)  # an optimizer leaves them on a layer


class ModelFileError(ValueError):
    """A file that is not what it should be; the message says what was found and what to do."""


# ---- Writing


def save_parameters(path, parameters):
    """parameters: a list of pairs (weights, biases), one per layer that learns."""
    arrays = {}
    for number, pair in enumerate(parameters, start=1):
        for name, array in zip(PARAMETERS, pair):
            arrays[f"layer_{number}_{name}"] = array
    write_archive(path, {"holds": "parameters"}, arrays)


def save_model(path, model):
    """The whole model, with the optimizer's memory, so that training can go on where it stopped."""
    if not model.finalized:
        raise ValueError("Model.save: the model is not finalized. Call model.finalize() first.")
    arrays = {}
    for number, layer in enumerate(model.layers, start=1):
        for name in PARAMETERS + MEMORIES:
            if hasattr(layer, name):
                arrays[f"layer_{number}_{name}"] = getattr(layer, name)
    contents = {
        "holds": "model",
        "layers": [describe(layer) for layer in model.layers],
        "loss": describe(model.loss),
        "optimizer": describe(model.optimizer),
        "accuracy": describe(model.accuracy),
    }
    write_archive(path, contents, arrays)


def describe(part):
    """The class name of a layer, loss, optimizer or accuracy, with its settings, ready for JSON."""
    if part is None:
        return None
    name = type(part).__name__
    if name not in SETTINGS:
        raise ValueError(
            f"Model.save: a {name} cannot be saved, only the course's own classes can: "
            f"{', '.join(SETTINGS)}. Save the parameters alone, with model.save_parameters(path)."
        )
    description = {"class": name}
    for setting in SETTINGS[name]:
        value = getattr(part, setting)
        description[setting] = value.item() if isinstance(value, np.generic) else value
    return description


def write_archive(path, contents, arrays):
    """Writes a temporary file in the same folder and moves it into place once it is safely on the disk."""
    contents = {"format": FORMAT, "version": VERSION, **contents, "arrays": {}}
    for name, array in arrays.items():
        contents["arrays"][name] = {"shape": list(np.shape(array)), "dtype": np.asarray(array).dtype.str}
    path = os.path.realpath(path)
    folder = os.path.dirname(path)
    if not os.path.isdir(folder):
        raise FileNotFoundError(f"Cannot save to {path}: there is no folder {folder}. Make it first.")
    handle, temporary = tempfile.mkstemp(dir=folder, prefix=os.path.basename(path) + ".", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
                archive.writestr("contents.json", json.dumps(contents, indent=2, allow_nan=False))
                for name, array in arrays.items():
                    with archive.open(f"{name}.npy", "w", force_zip64=True) as member:
                        np.lib.format.write_array(member, np.ascontiguousarray(array), allow_pickle=False)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, permissions_for(path))
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise


def permissions_for(path):
    """The permissions of the file that is replaced; for a new one those that the system gives new files."""
    if os.path.exists(path):
        return os.stat(path).st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


# ---- Reading


def load_parameters(path):
    """The list of pairs (weights, biases) that `save_parameters` wrote."""
    contents, arrays = read_archive(path, "parameters")
    parameters = []
    for number in range(1, len(arrays) // 2 + 1):
        try:
            parameters.append(tuple(arrays.pop(f"layer_{number}_{name}") for name in PARAMETERS))
        except KeyError as missing:
            raise ModelFileError(
                f"{path}: the array {missing} is missing. Save the parameters again."
            ) from None
    if arrays:
        raise ModelFileError(
            f"{path}: the array {next(iter(arrays))!r} belongs to no layer. Save the parameters again."
        )
    return parameters


def load_model(path):
    """The model that `save_model` wrote, finalized."""
    from nnfs_helpers.model import Model

    contents, arrays = read_archive(path, "model")
    model = Model()
    descriptions = contents.get("layers")
    if not isinstance(descriptions, list) or not descriptions:
        raise ModelFileError(f"{path}: no list of layers in contents.json. Save the model again.")
    for number, description in enumerate(descriptions, start=1):
        layer = rebuild(path, description, ("Layer", "Activation"))
        give_arrays(path, layer, number, arrays)
        model.add(layer)
    if arrays:
        raise ModelFileError(
            f"{path}: the array {next(iter(arrays))!r} belongs to no layer. Save the model again."
        )
    for part in ("loss", "optimizer", "accuracy"):
        description = contents.get(part)
        if description is not None:
            setattr(model, part, rebuild(path, description, (part.capitalize(),)))
    try:
        model.finalize()
    except ValueError as error:
        raise ModelFileError(f"{path}: its layers do not fit together. {error}") from None
    return model


def rebuild(path, description, families):
    """A layer, loss, optimizer or accuracy from its description; only the course's own classes are made."""
    if not isinstance(description, dict) or not isinstance(description.get("class"), str):
        raise ModelFileError(f"{path}: a part of the model has no class name. Save the model again.")
    name = description["class"]
    family = name.split("_")[0]
    if name not in SETTINGS or family not in families:
        raise ModelFileError(
            f"{path}: {name!r} is not a class that may stand here. Known are: {', '.join(SETTINGS)}."
        )
    settings = {setting: value for setting, value in description.items() if setting != "class"}
    if set(settings) != set(SETTINGS[name]):
        raise ModelFileError(
            f"{path}: {name} has the settings {sorted(settings)}, expected were "
            f"{sorted(SETTINGS[name])}. Save the model again."
        )
    for setting, value in settings.items():
        is_number = isinstance(value, (bool, int, float)) and math.isfinite(value)
        if not is_number and not (setting == "precision" and value is None):
            raise ModelFileError(f"{path}: {setting} of {name} is {value!r}, a number was expected.")
    a_class = getattr(MODULES[family], name)
    part = a_class.__new__(a_class)  # without __init__: a layer would draw weights that are replaced at once
    part.__dict__.update(settings)
    return part


def give_arrays(path, layer, number, arrays):
    """Hands a layer its arrays; their shapes must fit each other."""
    name = type(layer).__name__
    for attribute in PARAMETERS + MEMORIES:
        array = arrays.pop(f"layer_{number}_{attribute}", None)
        if array is not None and name == "Layer_Dense":
            setattr(layer, attribute, array)
        elif array is not None:
            raise ModelFileError(f"{path}: layer {number} is a {name}, which has no {attribute}.")
    if name != "Layer_Dense":
        return
    for attribute in PARAMETERS:
        if not hasattr(layer, attribute):
            raise ModelFileError(f"{path}: layer {number} has no {attribute}. Save the model again.")
    weights, biases = layer.weights, layer.biases
    if weights.ndim != 2 or biases.shape != (1, weights.shape[1]):
        raise ModelFileError(
            f"{path}: weights {weights.shape} and biases {biases.shape} of layer {number} do not fit."
        )
    for attribute in MEMORIES:
        expected = weights.shape if attribute.startswith("weight") else biases.shape
        if hasattr(layer, attribute) and getattr(layer, attribute).shape != expected:
            raise ModelFileError(f"{path}: {attribute} of layer {number} should have the shape {expected}.")


def read_archive(path, holds):
    """Opens and checks a file; returns its contents and its arrays by name."""
    check_first_bytes(path)
    try:
        with zipfile.ZipFile(path) as archive:
            members = check_members(path, archive)
            contents = read_contents(path, archive, members, holds)
            arrays = {
                name: read_array(path, archive, members, name, expected)
                for name, expected in contents["arrays"].items()
            }
    except ModelFileError:
        raise
    except (
        zipfile.BadZipFile,
        EOFError,
        NotImplementedError,
        RuntimeError,
        ValueError,
        KeyError,
        OSError,
    ) as error:
        raise ModelFileError(
            f"{path} is damaged or not whole ({error}). Save it again, or take your copy."
        ) from error
    return contents, arrays


def check_first_bytes(path):
    """Refuses pickles, foreign files and oversized ones before anything else is read."""
    if not os.path.isfile(path):
        raise FileNotFoundError(
            f"There is no file {path}. Check the name, and the folder you are in: {os.getcwd()}"
        )
    if os.path.getsize(path) > LARGEST_FILE:
        raise ModelFileError(
            f"{path} has {os.path.getsize(path):,} bytes, at most {LARGEST_FILE:,} are read. "
            "It is hardly a model of this course."
        )
    with open(path, "rb") as file:
        start = file.read(4)
    if start[:1] == b"\x80":
        raise ModelFileError(
            f"{path} is a pickle file. It is not opened: loading a pickle runs any code that its "
            "writer put into it. Save the model again with model.save(path)."
        )
    if start != b"PK\x03\x04":
        raise ModelFileError(
            f"{path} is not a file of model.save or model.save_parameters, or its start is damaged."
        )


def check_members(path, archive):
    """Name and size of everything inside. Nothing may be packed: so nothing can be larger than the file."""
    members = {}
    for member in archive.infolist():
        if member.compress_type != zipfile.ZIP_STORED or member.file_size != member.compress_size:
            raise ModelFileError(f"{path}: {member.filename} is compressed. Files of this course are not.")
        if member.filename in members:
            raise ModelFileError(f"{path}: {member.filename} is there twice.")
        members[member.filename] = member.file_size
    if sum(members.values()) > os.path.getsize(path):
        raise ModelFileError(f"{path}: its parts claim to be larger than the whole file. It is damaged.")
    return members


def read_contents(path, archive, members, holds):
    """contents.json, checked for format, version, and that each array it names is there and no other."""
    if members.get("contents.json", LARGEST_CONTENTS + 1) > LARGEST_CONTENTS:
        raise ModelFileError(
            f"{path} has no contents.json of a sensible size. It is not a file of this course."
        )
    try:
        contents = json.loads(archive.read("contents.json"))
    except (ValueError, RecursionError):
        raise ModelFileError(f"{path}: contents.json cannot be read. The file is damaged.") from None
    if not isinstance(contents, dict) or contents.get("format") != FORMAT:
        raise ModelFileError(f"{path} is not a file of model.save or model.save_parameters.")
    if contents.get("version") != VERSION:
        raise ModelFileError(
            f"{path} has the version {contents.get('version')!r}, this package reads version "
            f"{VERSION}. Update the package, or save the model again with this one."
        )
    if contents.get("holds") != holds:
        found = contents.get("holds")
        method = {"model": "Model.load(path)", "parameters": "model.load_parameters(path)"}.get(
            found, "nothing here"
        )
        raise ModelFileError(f"{path} holds {found!r}, not {holds!r}. Read it with {method}.")
    named = contents.get("arrays")
    if not isinstance(named, dict) or {f"{name}.npy" for name in named} != set(members) - {"contents.json"}:
        raise ModelFileError(
            f"{path}: contents.json and the arrays in the file do not agree. The file is damaged."
        )
    return contents


def read_array(path, archive, members, name, expected):
    """One array. Its head says type and shape; both must agree with contents.json and with its size."""
    with archive.open(f"{name}.npy") as member:
        if np.lib.format.read_magic(member) != (1, 0):
            raise ModelFileError(f"{path}: {name} is in an unknown version of NumPy's array format.")
        shape, by_columns, dtype = np.lib.format.read_array_header_1_0(member)
        head_size = member.tell()
    if {"shape": list(shape), "dtype": dtype.str} != expected or dtype.kind not in "fiu" or by_columns:
        raise ModelFileError(f"{path}: {name} is {dtype} {shape}, contents.json promises {expected}.")
    if head_size + dtype.itemsize * math.prod(shape) != members[f"{name}.npy"]:
        raise ModelFileError(f"{path}: {name} should fill {shape} numbers and does not. The file is damaged.")
    data = io.BytesIO(archive.read(f"{name}.npy"))  # reading it all also checks the checksum
    return np.lib.format.read_array(data, allow_pickle=False)
