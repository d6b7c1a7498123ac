"""Everything you build in the notebooks of *Neural Networks from Scratch, chapter by chapter*.

`from nnfs_helpers import *` gives the classes under the book's names: layers, activation functions,
losses, optimizers, accuracy and the model. They need NumPy and nothing else.

The tools around them are imported by name, for example `from nnfs_helpers.explore import explore`:
`datasets`, `figures`, `explore`, `check`, `exercises` and `precision`.
"""

from nnfs_helpers.layers import *  # noqa: F403
from nnfs_helpers.activations import *  # noqa: F403
from nnfs_helpers.losses import *  # noqa: F403
from nnfs_helpers.optimizers import *  # noqa: F403
from nnfs_helpers.accuracy import *  # noqa: F403
from nnfs_helpers.model import *  # noqa: F403
