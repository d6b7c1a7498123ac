"""The controls of the playground, and the words around its picture."""

import html

import ipywidgets as widgets

from nnfs_helpers.explore import UNSEEN, log_range
from nnfs_helpers.figures.playground import WIDTH
from nnfs_helpers.training_run import DATA_SETS, OWN

LEARNING_RATES = log_range(0.0001, 10).values()
PENALTIES = [0.0, 1e-05, 3e-05, 0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1]
DROPOUTS = [round(0.05 * step, 2) for step in range(17)]
NOISES = [round(0.02 * step, 2) for step in range(16)]
MOST_LAYERS = 4
MOST_NEURONS = 256
SPEEDS = {"1 epoch a picture": 1, "10 epochs a picture": 10, "100 epochs a picture": 100, "as fast as it goes": 0}
REMOVE = "remove"
TOOLS = {"● class 0": 0, "■ class 1": 1, "▲ class 2": 2, "remove": REMOVE}


class Panel:
    """What stands above and below the picture.

    top, bottom: the rows. controls: the control of each setting that has one, by name.
    """

    def __init__(self, box, run, at_home):
        self.box = box
        self.at_home = at_home
        self.is_listening = True
        settings = run.settings
        self.controls = {
            "data": choice("data", DATA_SETS, settings.data),
            "noise": number_slider("noise", NOISES, settings.noise),
            "seed": widgets.BoundedIntText(value=settings.seed, max=2**31 - 1, description="seed"),
            "hidden": HiddenLayers(settings.hidden),
            "optimizer": choice("optimizer", run.optimizers, settings.optimizer),
            "learning_rate": number_slider("learning rate", LEARNING_RATES, settings.learning_rate),
            "l2": number_slider("L2", PENALTIES, settings.l2),
            "dropout": number_slider("dropout", DROPOUTS, settings.dropout),
        }
        self.make_buttons()
        self.make_point_tools()
        self.make_words()
        self.arrange()
        self.show_data(settings.data)
        self.listen()

    def make_buttons(self):
        self.play = self.button("Play", "play", "Train, until it is pressed again", self.when_play_pressed)
        self.play.button_style = "primary"
        self.step = self.button("Step", "step-forward", "Train one epoch", lambda: self.box.step(1))
        self.reset = self.button("Reset", "undo", "Back to the first weights, epoch 0", lambda: self.box.reset())
        self.speed = widgets.Dropdown(options=SPEEDS, value=10, tooltip="How much is trained between two pictures")
        self.speed.layout.width = "12em"
        self.keep = self.button("Keep this curve", "bookmark", "To compare with the next run", self.when_keep_pressed)
        self.forget = self.button("Forget it", "times", "Take the kept curve away", lambda: self.box.forget())
        self.test_points = widgets.Checkbox(value=False, description="show test points", indent=False)

    def button(self, words, icon, tooltip, action):
        made = widgets.Button(description=words, icon=icon, tooltip=tooltip)
        made.layout.width, made.layout.flex = "auto", "0 0 auto"
        made.on_click(lambda _: self.at_home(action))
        return made

    def make_point_tools(self):
        """For points of one's own: what a click does; for the keyboard two sliders and a button."""
        self.tool = widgets.ToggleButtons(options=TOOLS, value=0, tooltips=["What a click in the plane does"] * 4)
        self.tool.style.button_width = "6.5em"
        self.place = [
            widgets.FloatSlider(value=0, min=-1.2, max=1.2, step=0.05, description=f"{name} feature")
            for name in ("first", "second")
        ]
        self.here = self.button("Do it at the cross", "plus", "As a click at that place", self.when_here_pressed)
        self.cross = None

    def make_words(self):
        self.speed_words, self.sentence, self.kept_words, self.trouble = (widgets.HTML() for _ in range(4))
        self.code_words = widgets.HTML()
        self.code = widgets.Accordion([self.code_words], titles=["The code of this network, to copy"])
        # It ticks in the page; that shows that the page is there and has taken what came before.
        self.pulse = widgets.Play(max=10**9, interval=300)
        self.pulse.layout.display = "none"

    def arrange(self):
        controls = self.controls
        data = [controls["data"], controls["noise"], controls["seed"], self.test_points]
        training = [controls["optimizer"], controls["learning_rate"], controls["l2"], controls["dropout"]]
        groups = row(
            group("Data", 196, data, "3.2em"),
            group("Hidden layers", 208, controls["hidden"].rows),
            group("Training", 273, [*training, widgets.HTML(PREVIEW)], "6.6em"),
        )
        groups.layout.align_items, groups.layout.justify_content = "stretch", "space-between"
        self.own = group("Points of your own: choose what a click in the plane does", WIDTH, self.place, "7.6em")
        self.own.children = [self.own.children[0], self.tool, row(*self.place, self.here)]
        for slider in self.place:
            slider.layout.width = "250px"
        self.top = [row(self.play, self.step, self.reset, self.speed, self.speed_words), groups, self.own, self.trouble]
        self.bottom = [row(self.keep, self.forget, self.kept_words), self.code, self.sentence, self.pulse]
        self.code.layout.width = self.trouble.layout.width = f"{WIDTH}px"

    # ---------------------------------------------------------------------------------------- moved

    def listen(self):
        def observe(widget, action, trait="value"):
            widget.observe(lambda _: self.at_home(action), names=trait)

        for name, control in self.controls.items():
            observe(control, lambda name=name: self.when_moved(name))
        for slider in self.place:
            observe(slider, self.when_place_moved)
        observe(self.test_points, lambda: self.box.show())
        observe(self.code, lambda: self.box.show_words(), "selected_index")
        observe(self.pulse, lambda: self.box.beat())

    def when_moved(self, name):
        if self.is_listening:
            self.box.set(**{name: self.controls[name].value})

    def when_play_pressed(self):
        if self.box.is_playing:
            self.box.pause()
        else:
            self.box.play()

    def when_keep_pressed(self):
        self.box.compare()

    def when_place_moved(self):
        self.cross = tuple(slider.value for slider in self.place)
        self.box.show()

    def when_here_pressed(self):
        self.cross = tuple(slider.value for slider in self.place)
        self.box.use_tool(*self.cross)

    # ---------------------------------------------------------------------------------------- shown

    def show_settings(self, settings):
        """Move the controls; nothing else happens by it."""
        self.is_listening = False
        try:
            for name, control in self.controls.items():
                show_value(control, settings[name])
        finally:
            self.is_listening = True
        self.show_data(settings["data"])

    def show_data(self, data):
        """Only what means something for the data."""
        self.own.layout.display = "" if data == OWN else "none"
        self.controls["noise"].disabled = data == OWN
        if data != OWN:
            self.cross = None

    def show_playing(self, is_playing):
        self.play.description, self.play.icon = ("Pause", "pause") if is_playing else ("Play", "play")
        self.pulse.playing = is_playing

    def show_speed(self, words):
        self.speed_words.value = f'<span style="font-variant-numeric: tabular-nums">{words}</span>'

    def show_sentence(self, sentence):
        """For a screen reader; nobody sees it."""
        self.sentence.value = f'<span role="status" style="{UNSEEN}">{html.escape(sentence)}</span>'

    def show_code(self, code):
        self.code_words.value = f'<pre style="{CODE}" title="A click marks it all">{html.escape(code)}</pre>'

    def show_kept(self, kept):
        label = f"Pale: {kept[1]}" if kept else "to compare it with the next run"
        self.kept_words.value = f'<span style="{FAINT_WORDS}">{html.escape(label)}</span>'
        self.forget.layout.display = "" if kept else "none"

    def show_trouble(self, trouble):
        self.trouble.value = trouble
        self.trouble.layout.display = "" if trouble else "none"


# ---------------------------------------------------------------------------------------------- controls


class HiddenLayers:
    """How many hidden layers there are, and how many neurons each has, as one control.

    value: the neurons of each layer. rows: its parts.
    """

    def __init__(self, sizes):
        self.layers = widgets.ToggleButtons(options=range(MOST_LAYERS + 1))
        self.layers.style.button_width = "2.6em"
        self.neurons = [neuron_box(number) for number in range(1, MOST_LAYERS + 1)]
        wrapping = widgets.Layout(flex_flow="row wrap", grid_gap="0 0.4em")
        self.rows = [self.layers, widgets.HTML("neurons in each"), widgets.HBox(self.neurons, layout=wrapping)]
        self.layers.observe(lambda _: self.show_layers(), names="value")
        self.value = sizes

    @property
    def value(self):
        return tuple(control.value for control in self.neurons[: self.layers.value])

    @value.setter
    def value(self, sizes):
        for control, size in zip(self.neurons, sizes):
            control.value = size
        self.layers.value = len(sizes)
        self.show_layers()

    def show_layers(self):
        for number, control in enumerate(self.neurons):
            control.layout.display = "" if number < self.layers.value else "none"

    def observe(self, action, names):
        for control in [self.layers, *self.neurons]:
            control.observe(action, names=names)


def neuron_box(number):
    box = widgets.BoundedIntText(value=16, min=1, max=MOST_NEURONS, description=f"{number}.")
    box.tooltip = f"The neurons of hidden layer {number}"
    box.style.description_width = "1.2em"
    box.layout.width, box.layout.margin = "88px", "0 0 2px 0"
    return box


def choice(label, names, value):
    return widgets.Dropdown(options=list(names), value=value, description=label)


def number_slider(label, values, value):
    """A slider over a list of numbers: each is exactly what is shown."""
    slider = widgets.SelectionSlider(options=options_of(values), description=label)
    show_value(slider, value)
    return slider


def options_of(values):
    return [(f"{value:g}", value) for value in sorted(values)]


def show_value(control, value):
    """Move a control. A slider over a list of numbers gets one more where the value is between them."""
    if isinstance(control, widgets.SelectionSlider):
        values = {number for _, number in control.options}
        if value not in values:
            control.options = options_of(values | {value})
    control.value = value


# ------------------------------------------------------------------------------------------------- looks

FRAME = "1px solid var(--jp-border-color2, #cccccc)"
FAINT_WORDS = "color: var(--jp-ui-font-color2, #666666)"
SMALL = f"{FAINT_WORDS}; font-size: 0.85em; line-height: 1.3"
PREVIEW = f'<div style="{SMALL}">L2, dropout: a preview of<br>chapters 14 and 15</div>'
CODE = (
    "user-select: all; margin: 0; padding: 0.6em; max-height: 24em; overflow: auto; line-height: 1.35; "
    "font-family: var(--jp-code-font-family, monospace); font-size: var(--jp-code-font-size, 13px)"
)


def group(title, width, rows, label_width=""):
    """Controls in a frame with a title, all labels in one column."""
    for control in rows:
        if getattr(control, "description", "") and not isinstance(control, widgets.Checkbox):
            control.style.description_width = label_width
        control.layout.width = "auto"
    layout = widgets.Layout(width=f"{width}px", border=FRAME, padding="0.2em 0.6em 0.4em", margin="0 0 0.4em 0")
    return widgets.VBox([widgets.HTML(f"<b>{title}</b>"), *rows], layout=layout)


def row(*parts):
    layout = widgets.Layout(width=f"{WIDTH}px", flex_flow="row wrap", grid_gap="0 0.4em", align_items="center")
    return widgets.HBox(parts, layout=layout)


def alert(words):
    """Something is wrong."""
    return beside_a_bar(words, "alert", "#D55E00")


def hint(words):
    """Something is to be done."""
    return beside_a_bar(words, "status", "#0072B2")


def beside_a_bar(words, role, colour):
    style = f"border-left: 0.3em solid {colour}; padding-left: 0.8em; line-height: 1.4"
    return f'<div role="{role}" style="{style}">{html.escape(words)}</div>'
