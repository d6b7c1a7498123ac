"""The optimizers: how a gradient becomes a step. All of them are built in chapter 10."""

import numpy as np

__all__ = ["Optimizer", "Optimizer_SGD", "Optimizer_Adagrad", "Optimizer_RMSprop", "Optimizer_Adam"]


class Optimizer:
    """What all optimizers share: a learning rate that may decay from step to step.

    learning_rate: the length of a step. decay: how fast it shrinks; after n steps it is
        learning_rate / (1 + decay * n), found in `current_learning_rate`.
    Call pre_update_params, then update_params for each layer, then post_update_params.
    """

    def __init__(self, learning_rate, decay):
        self.learning_rate = learning_rate
        self.current_learning_rate = learning_rate
        self.decay = decay
        self.iterations = 0

    def pre_update_params(self):
        if self.decay:
            self.current_learning_rate = self.learning_rate * (1.0 / (1.0 + self.decay * self.iterations))

    def post_update_params(self):
        self.iterations += 1


class Optimizer_SGD(Optimizer):
    """Stochastic gradient descent: a step down the slope, and a share of the last step again.

    momentum: that share, from 0 (none) up to, but without, 1.
    """

    def __init__(self, learning_rate=1.0, decay=0.0, momentum=0.0):
        super().__init__(learning_rate, decay)
        self.momentum = momentum

    def update_params(self, layer):
        if not self.momentum:
            layer.weights -= self.current_learning_rate * layer.dweights
            layer.biases -= self.current_learning_rate * layer.dbiases
            return
        if not hasattr(layer, "weight_momentums"):
            layer.weight_momentums = np.zeros_like(layer.weights)
            layer.bias_momentums = np.zeros_like(layer.biases)
        self.update(layer.weights, layer.dweights, layer.weight_momentums)
        self.update(layer.biases, layer.dbiases, layer.bias_momentums)

    def update(self, parameter, gradient, momentum):
        momentum *= self.momentum
        momentum -= self.current_learning_rate * gradient
        parameter += momentum


class Optimizer_Adagrad(Optimizer):
    """Each parameter has a step length of its own, shorter the more it has moved (Duchi et al., 2011)."""

    def __init__(self, learning_rate=1.0, decay=0.0, epsilon=1e-7):
        super().__init__(learning_rate, decay)
        self.epsilon = epsilon

    def update_params(self, layer):
        if not hasattr(layer, "weight_cache"):
            layer.weight_cache = np.zeros_like(layer.weights)
            layer.bias_cache = np.zeros_like(layer.biases)
        self.update(layer.weights, layer.dweights, layer.weight_cache)
        self.update(layer.biases, layer.dbiases, layer.bias_cache)

    def update(self, parameter, gradient, cache):
        cache += gradient**2
        parameter -= self.current_learning_rate * gradient / (np.sqrt(cache) + self.epsilon)


class Optimizer_RMSprop(Optimizer):
    """As AdaGrad, but old gradients are forgotten: rho is the share that is kept each step (Hinton, 2012)."""

    def __init__(self, learning_rate=0.001, decay=0.0, epsilon=1e-7, rho=0.9):
        super().__init__(learning_rate, decay)
        self.epsilon = epsilon
        self.rho = rho

    def update_params(self, layer):
        if not hasattr(layer, "weight_cache"):
            layer.weight_cache = np.zeros_like(layer.weights)
            layer.bias_cache = np.zeros_like(layer.biases)
        self.update(layer.weights, layer.dweights, layer.weight_cache)
        self.update(layer.biases, layer.dbiases, layer.bias_cache)

    def update(self, parameter, gradient, cache):
        cache *= self.rho
        cache += (1 - self.rho) * gradient**2
        parameter -= self.current_learning_rate * gradient / (np.sqrt(cache) + self.epsilon)


class Optimizer_Adam(Optimizer):
    """Momentum and RMSprop together, both corrected for their start at zero (Kingma & Ba, 2015).

    beta_1: the share of the old momentum that is kept each step; beta_2: the same for the squared gradients.
    """

    def __init__(self, learning_rate=0.001, decay=0.0, epsilon=1e-7, beta_1=0.9, beta_2=0.999):
        super().__init__(learning_rate, decay)
        self.epsilon = epsilon
        self.beta_1 = beta_1
        self.beta_2 = beta_2

    def update_params(self, layer):
        if not hasattr(layer, "weight_momentums"):
            layer.weight_momentums = np.zeros_like(layer.weights)
            layer.bias_momentums = np.zeros_like(layer.biases)
        if not hasattr(layer, "weight_cache"):
            layer.weight_cache = np.zeros_like(layer.weights)
            layer.bias_cache = np.zeros_like(layer.biases)
        self.update(layer.weights, layer.dweights, layer.weight_momentums, layer.weight_cache)
        self.update(layer.biases, layer.dbiases, layer.bias_momentums, layer.bias_cache)

    def update(self, parameter, gradient, momentum, cache):
        momentum *= self.beta_1
        momentum += (1 - self.beta_1) * gradient
        cache *= self.beta_2
        cache += (1 - self.beta_2) * gradient**2
        # After the first steps both are still too small, as they started at zero.
        step = momentum / (1 - self.beta_1 ** (self.iterations + 1))
        root = cache / (1 - self.beta_2 ** (self.iterations + 1))
        # From here on in place: new arrays would cost more time than the arithmetic.
        np.sqrt(root, out=root)
        root += self.epsilon
        step *= self.current_learning_rate
        step /= root
        parameter -= step
