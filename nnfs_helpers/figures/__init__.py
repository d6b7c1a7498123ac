"""Every picture of the course. Each is a `Picture`: made once, then updated; see `nnfs_helpers.figures.picture`."""

# ruff: noqa: F401
from nnfs_helpers.figures.backprop import BackpropStepper, GradientCheckPicture
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
from nnfs_helpers.figures.binary import (
    CostPicture,
    ScoresQuizPicture,
    SigmoidPicture,
    ThresholdPicture,
    YesNoPricePicture,
    binary_preview,
)
from nnfs_helpers.figures.clothes import (
    BatchSizePicture,
    ClassesPicture,
    FilmPicture,
    FlattenQuizPicture,
    GarmentsPicture,
    OwnClothesPicture,
    PixelRowPicture,
    batches_preview,
    confusion_counts,
)
from nnfs_helpers.figures.curves import TrainingCurves
from nnfs_helpers.figures.derivatives import (
    RulesPicture,
    SecantPicture,
    SlopeQuizPicture,
    TangentsPicture,
    ValleyPicture,
    WeightPicture,
    slopes_preview,
)
from nnfs_helpers.figures.dropout import (
    BenchPicture,
    DamagePicture,
    DropoutQuizPicture,
    DropoutRunsPicture,
    RatesPicture,
    thinned_preview,
)
from nnfs_helpers.figures.evaluation import (
    CutPicture,
    GalleryPicture,
    MixedPairPicture,
    PrecisionRecallPicture,
    ReliabilityPicture,
    ReliabilityQuizPicture,
    SpreadPicture,
    evaluation_preview,
)
from nnfs_helpers.figures.files import (
    BitPicture,
    FileMapPicture,
    FilesPreview,
    FilesQuizPicture,
    PowerCutPicture,
    SmallFilePicture,
    SqueezePicture,
    StopPicture,
)
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
from nnfs_helpers.figures.flow import DescentPicture, GraphQuizPicture, backward_preview
from nnfs_helpers.figures.generalization import (
    ChoicePicture,
    FoldsPicture,
    GapCurvesPicture,
    GapPicture,
    GapQuizPicture,
    GapsPicture,
    LuckPicture,
    ManyScoresPicture,
    PeekingPicture,
    ThreeSetsPicture,
    TwoPlanesPicture,
    UsesQuizPicture,
    two_teachers,
)
from nnfs_helpers.figures.gradients import (
    CompassPicture,
    GearsPicture,
    GradientQuizPicture,
    OrderedSurfacePicture,
    PathsPicture,
    SlicesPicture,
    WeightSlopesPicture,
    gradient_preview,
)
from nnfs_helpers.figures.health import HealthPicture
from nnfs_helpers.figures.inference import (
    AnsweredPictures,
    AnswerPicture,
    InferencePreview,
    PaintedPicture,
    SketchPicture,
    StepsPicture,
    ValuesQuizPicture,
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
from nnfs_helpers.figures.model_object import (
    ChainPicture,
    ChainQuizPicture,
    FinalRunPicture,
    ModelPreview,
    OwnModelPicture,
    TracePicture,
    trace,
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
from nnfs_helpers.figures.optimizers import (
    SURFACES,
    DialPicture,
    OptimizersQuizPicture,
    OwnPathPicture,
    RacePicture,
    RavinePicture,
    RunsPicture,
    optimizers_preview,
)
from nnfs_helpers.figures.picture import FAINT, INK, MARKERS, PALETTE, Picture, in_style, scatter_classes
from nnfs_helpers.figures.plane import DecisionBoundary, PointsPicture
from nnfs_helpers.figures.preprocessing import (
    BowlPicture,
    BowlQuizPicture,
    CrookedPicture,
    CurePicture,
    ForgettingPicture,
    preprocessing_preview,
)
from nnfs_helpers.figures.regression import (
    AnswersPicture,
    OutlierPicture,
    RegressionQuizPicture,
    SinePicture,
    SineRunsPicture,
    regression_preview,
)
from nnfs_helpers.figures.regularization import (
    DiamondPicture,
    LongRunsPicture,
    StrengthPicture,
    TwoWeightsPicture,
    WeightsQuizPicture,
    penalties_preview,
)
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
