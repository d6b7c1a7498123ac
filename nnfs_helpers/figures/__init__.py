"""Every picture of the course. Each is a `Picture`: made once, then updated; see `nnfs_helpers.figures.picture`."""

# ruff: noqa: F401
from nnfs_helpers.figures.bends import (
    BendsQuizPicture,
    BentLinesPicture,
    BricksPicture,
    GraphsPicture,
    HatPicture,
    SoftmaxPicture,
    WavePicture,
    straight_and_bent,
)
from nnfs_helpers.figures.curves import TrainingCurves
from nnfs_helpers.figures.fitting import (
    FacePicture,
    FitPicture,
    LinesQuizPicture,
    MachinePicture,
    MemoryPicture,
    TeaPicture,
    curve_through,
    lemonade_picture,
    machine_picture,
    one_and_many,
    track_picture,
)
from nnfs_helpers.figures.losses import (
    LossQuizPicture,
    LouderPicture,
    PickingPicture,
    PriceCurvePicture,
    PricePicture,
    StaircasePicture,
    TwoNetworksPicture,
    fitted_parameters,
)
from nnfs_helpers.figures.networks import (
    BorderPicture,
    LayersCollapsePicture,
    NetworkPicture,
    ParameterCountPicture,
    SpiralNetworkPicture,
    SpiralPicture,
    StraightOrBentPicture,
    spiral_network_preview,
)
from nnfs_helpers.figures.picture import FAINT, INK, MARKERS, PALETTE, Picture, in_style, scatter_classes
from nnfs_helpers.figures.plane import DecisionBoundary, PointsPicture
from nnfs_helpers.figures.search import (
    MapPicture,
    RecordsPicture,
    SearchQuizPicture,
    SharesPicture,
    TwoSearchesPicture,
    WalkPicture,
    search_preview,
)
from nnfs_helpers.figures.vectors import *  # noqa: F403
