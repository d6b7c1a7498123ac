"""Where the notebooks are, and how to read one."""

from pathlib import Path

import nbformat

ROOT = Path(__file__).parents[2]
NOTEBOOKS = ROOT / "notebooks"
PACKAGE = ROOT / "nnfs_helpers"

# number, title, file name: the book's chapters
CHAPTERS = [
    (1, "Introducing Neural Networks", "01_introducing_neural_networks.ipynb"),
    (2, "Coding Our First Neurons", "02_coding_our_first_neurons.ipynb"),
    (3, "Adding Layers", "03_adding_layers.ipynb"),
    (4, "Activation Functions", "04_activation_functions.ipynb"),
    (5, "Calculating Network Error with Loss", "05_calculating_network_error_with_loss.ipynb"),
    (6, "Introducing Optimization", "06_introducing_optimization.ipynb"),
    (7, "Derivatives", "07_derivatives.ipynb"),
    (8, "Gradients, Partial Derivatives, and the Chain Rule", "08_gradients_and_chain_rule.ipynb"),
    (9, "Backpropagation", "09_backpropagation.ipynb"),
    (10, "Optimizers", "10_optimizers.ipynb"),
    (11, "Testing with Out-of-Sample Data", "11_testing_with_out_of_sample_data.ipynb"),
    (12, "Validation Data", "12_validation_data.ipynb"),
    (13, "Training Dataset", "13_training_dataset.ipynb"),
    (14, "L1 and L2 Regularization", "14_l1_l2_regularization.ipynb"),
    (15, "Dropout", "15_dropout.ipynb"),
    (16, "Binary Logistic Regression", "16_binary_logistic_regression.ipynb"),
    (17, "Regression", "17_regression.ipynb"),
    (18, "Model Object", "18_model_object.ipynb"),
    (19, "A Real Dataset", "19_a_real_dataset.ipynb"),
    (20, "Model Evaluation", "20_model_evaluation.ipynb"),
    (21, "Saving and Loading Models and Their Parameters", "21_saving_loading_models.ipynb"),
    (22, "Prediction and Inference", "22_prediction_inference.ipynb"),
]

# What each chapter is about, for the table in the README
IDEAS = {
    1: "turn two knobs by hand against a score",
    2: "a neuron, a layer, a batch: from plain Python to one line of NumPy",
    3: "layers behind layers, and why depth alone is nothing",
    4: "the bend between the layers; probabilities",
    5: "one number for how wrong a network is",
    6: "search at random, and see where that ends",
    7: "slopes, measured and calculated",
    8: "many slopes at once, and slopes through a chain",
    9: "which way is down, for every weight at once",
    10: "four ways to walk downhill",
    11: "what a network does with data that it has never seen",
    12: "choosing settings without fooling yourself",
    13: "data that can be learned from",
    14: "keeping the weights small",
    15: "learning with neurons missing",
    16: "yes or no, for several questions at once",
    17: "predicting numbers",
    18: "one object for all of it",
    19: "60,000 pictures of clothes",
    20: "how good is it, and where does it err",
    21: "files that come back whole",
    22: "from a picture of your own to an answer",
}


def chapter_of(path):
    """The chapter's number, from the first two digits of the file name."""
    return int(Path(path).name[:2])


def existing(folder=NOTEBOOKS):
    """The notebooks that exist, in the order of the chapters."""
    return sorted(Path(folder).glob("[0-9][0-9]_*.ipynb"))


def read(path):
    return nbformat.read(str(path), as_version=4)


def code_cells(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def tags(cell):
    return cell.metadata.get("tags", [])
