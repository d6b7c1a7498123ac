"""What the folded answers of a notebook say, in numbers that no cell of it prints: each as an expression.

`tests.course.drive` works them out after the last cell, with the notebook's own names. All of them are true.
Where training is part of it they hold in bands, for processors round exponentials in their own ways.
"""

CLAIMS = {
    1: {
        "the best on a grid of knobs is 3.5, at weight 0.3 and bias 2.5": (
            "min(score(w / 10, b / 2) for w in range(-20, 61) for b in range(-20, 61)) == score(3, 5) == 3.5"
        ),
        "with steps of 0.01 or 3 the mark is out of reach": (
            "all(min(tune(400, step, seed)[1]) > 0.1 for step in (0.01, 3) for seed in range(21))"
        ),
    },
    3: {
        "6 of 100 seeds above 40%, seed 6 with 43%": (
            "(lambda shares: sum(share > 0.4 for share in shares) == 6 and abs(shares[6] - 0.43) < 0.01)"
            "([(np.random.seed(seed), np.mean(np.argmax(run(build([2, 8, 8, 3]), X), axis=1) == y))[1]"
            " for seed in range(100)])"
        ),
    },
    4: {"a tenth of the scores": "round(softmax(np.array([[4.8, 1.21, 2.385]]) / 10)[0, 1], 3) == 0.281"},
    5: {
        "loudest: lowest at 2.5 with 0.41, 2.77 at the end": (
            "(lambda losses: abs(min(losses)[0] - 0.41) < 0.01 and abs(min(losses)[1] - 2.5) < 0.3"
            " and abs(losses[-1][0] - 2.77) < 0.02)"
            "([(measure(louder(fitted, each))[0], each) for each in np.logspace(-1, 3, 41)])"
        ),
    },
    6: {
        "51 finds before try 300": "sum(step[0] < 300 for step in spiral_search) == 51",
        "long steps find it in ten tries, short ones not in 150": (
            "(lambda end: end(3.2, 10, 0) < 0.25 and all(end(0.2, 150, seed) > 0.25 for seed in range(31)))"
            "(lambda *setting: float(draw_map(*setting).alt.rstrip('.').split()[-1]))"
        ),
    },
    7: {
        "the wave is level near 0.52": "abs(slope_of(wave, 0.52)) < 0.05 and abs(slope_of(wave, -0.52)) < 0.05",
        "an h of 0.005 or less is within 0.01 of 2": "abs(slope_between(parabola, 0.5, 0.005) - 2) <= 0.0100001",
        "from both sides the best h is near 1e-5, and a hundred times better": (
            "(lambda one, two: 3e-7 < two[1] < 1e-4 and 1e-9 < one[1] < 1e-7 and one[0] > 100 * two[0])"
            "(*[min((np.median([abs(f(cubic, 1.5, h * k) - 7.75) for k in (1.1, 1.3, 1.7, 1.9, 2.3)]), h)"
            " for h in 10.0 ** np.arange(-12, 0)) for f in (slope_between, central_slope)])"
        ),
        "float32, one side: three or four digits": (
            "1e-4 < min(abs(slope_between(cubic, np.float32(1.5), np.float32(h)) - 7.75) / 7.75"
            " for h in (1e-2, 3e-3, 1e-3, 3e-4, 1e-4)) < 5e-3"
        ),
        "float32, both sides: about five digits near 0.01": (
            "abs(central_slope(cubic, np.float32(1.5), np.float32(0.01)) - 7.75) / 7.75 < 5e-5"
        ),
        "another fourteenth digit": "0 < abs(slope_between(parabola, 1, 0.0001) - 4.0001999999987845) < 1e-10",
    },
    9: {
        "in the band with weights of 0.079, or a rate of 50 or 63": (
            "[draw_health(**setting).alt.count('inside the guide band')"
            " for setting in (dict(weight_scale=0.079), dict(rate=50), dict(rate=63))] == [4, 4, 4]"
        ),
        "a bias of -0.05 silences layer 3": (
            "'100% of its neurons dead' in draw_health(weight_scale=0.079, bias=-0.05).alt.split('layer 3')[1]"
        ),
        "with one sample B and F hide": (
            "[draw_hunt(version, 1).alt.count('differ') for version in 'ABCDEF'] == [1, 0, 1, 1, 0, 0]"
        ),
    },
    10: {
        "for a hundred epochs equal but for the last digit, here and there; far apart at 150": (
            "max(np.max(np.abs(np.subtract(starts[name], starts['as it was'], dtype=np.float64))[:101]) for name in"
            " ('next above', 'next below')) < 1e-6 and np.max(gap[:151]) > 1e-3"
        ),
        "no learning rate alone gets there; AdaGrad with rate 1 does": (
            "min(ravine.loss(*roll(Marble(ravine), Optimizer_SGD(rate), 30)[-1]) for rate in np.arange(0.01, 1,"
            " 0.01)) > 0.001 > ravine.loss(*roll(Marble(ravine), Optimizer_Adagrad(1.0), 30)[-1]) and abs(-4 *"
            " 0.9**30 + 0.17) < 0.005 and abs(0.1 * 0.17**2 - 0.0029) < 1e-4"
        ),
        "the ravine: who wins at which rate": (
            "[draw_race('ravine', rate).alt.split('; ')[1].split(' is')[0] for rate in (0.1, 0.2, 0.4, 0.5, 1.0)] =="
            " ['momentum', 'RMSProp', 'SGD', 'Adam', 'AdaGrad']"
        ),
        "the plateau: SGD is highest": "'SGD highest' in draw_race('plateau', 0.1, steps=60).alt",
        "the ravine turned: RMSProp, AdaGrad and Adam end higher, SGD and momentum do not": (
            "(lambda straight, turned: all(turned[name] > 1.3 * straight[name] for name in ('RMSProp', 'AdaGrad',"
            " 'Adam')) and all(np.isclose(turned[name], straight[name]) for name in ('SGD', 'momentum')))(*[{name:"
            " line.get_ydata()[-1] for name, line in draw_race(surface).curves.items()} for surface in ('ravine',"
            " 'turned ravine')])"
        ),
        "the saddle: SGD and momentum along the ridge first, the others leave it": (
            "(lambda after: max(after['SGD'], after['momentum']) < 0.1 and min(after[name] for name in ('AdaGrad',"
            " 'RMSProp', 'Adam')) > 0.5)({name: abs(line.get_ydata()[10]) for name, line in"
            " draw_race('saddle').paths.items()})"
        ),
        "SGD at 1000: two leaps, one class, all dead, 10.75": (
            "(lambda picture: picture.curve.axes.get_title() == 'loss 10.745' and"
            " picture.note.get_text().startswith('148 ') and picture.health.get_text().startswith('100%') and"
            " picture.plane.axes.get_title() == '33% right')(draw_dial('SGD', 1000.0))"
        ),
        "10.75 is two thirds of 16.12": "abs(2 / 3 * -np.log(1e-7) - 10.75) < 0.01",
        "no nan on the slider": "not any('nan' in draw_dial(name, 1000.0).curve.axes.get_title() for name in recipes)",
        "SGD: the update grows with the rate, and is 0 where all are dead": (
            "(lambda update: 1e-5 < update(0.01) < update(0.1) / 3 < update(0.1) < update(1.0) and update(100.0) =="
            " 0)(lambda rate: float(draw_dial('SGD', rate).health.get_text().split()[-1]))"
        ),
        "Adam: the update is near 0.006 from 0.0001 to 0.1": (
            "all(0.002 < float(word) < 0.012 for rate in (0.0001, 0.001, 0.01, 0.032, 0.1) for word in"
            " draw_dial('Adam', rate).health.get_text().split()[-3::2])"
        ),
        "Adam: dead at 0.01, 0.032, 0.1 and 1": (
            "np.allclose([float(draw_dial('Adam', rate).health.get_text().split('%')[0]) for rate in (0.01, 0.032,"
            " 0.1, 1.0)], [12.5, 20, 40, 97], atol=11)"
        ),
        "about half of the thirty end higher than RMSProp": (
            "9 <= sum(loss > runs['RMSProp 0.02'][-1] for loss in ends['momentum 0.9']['loss']) <= 24"
        ),
        "RMSProp and AdaGrad overlap; the best rates differ a hundredfold": (
            "min(best['AdaGrad'][0]) < max(best['RMSProp'][0]) and min(best['RMSProp'][0]) < max(best['AdaGrad'][0])"
            " and 30 <= max(rate for _, rate, _ in best.values()) / min(rate for _, rate, _ in best.values()) <= 334"
        ),
        "the playground: 0.9 between epochs 300 and 1,250; with three neurons about 0.5 at most": (
            "(lambda wide, narrow: (wide.train(1250), narrow.train(1000), max(narrow.history['accuracy']) < 0.56 and"
            " 300 < next((epoch for epoch, right in zip(wide.history['epoch'], wide.history['accuracy']) if right >="
            " 0.9), 0))[2])(*[__import__('nnfs_helpers.playground', fromlist=['make_run']).make_run(seed=0,"
            " hidden=hidden, optimizers=optimizers) for hidden in ((64,), (3,))])"
        ),
    },
    11: {
        "300 shared points, and 3": (
            "[np.sum(np.any(np.all(new[:, np.newaxis] == X, axis=2), axis=1)) for new in (false_X, X_test)] == [300, 3]"
        ),
        "noise 0.4: lowest at epoch 0, half right at the end": (
            "np.argmin([loss for loss, _ in runs[20, 0.4, 128]['new']]) == 0"
            " and 0.4 < runs[20, 0.4, 128]['new'][-1][1] < 0.6"
        ),
        "noise 0.2: lowest near 0.93 at epoch 60": (
            "(lambda new: abs(min(new) - 0.93) < 0.04 and 40 <= 20 * np.argmin(new) <= 80)"
            "([loss for loss, _ in runs[20, 0.2, 128]['new']])"
        ),
        "1.60 becomes 0.57 and 0.26": (
            "np.allclose([runs[key]['new'][-1][0] for key in ((20, 0.2, 128), (180, 0.2, 128), (20, 0.0, 128))],"
            " [1.60, 0.57, 0.26], rtol=0.15)"
        ),
        "8 neurons: worse than guessing": "runs[20, 0.2, 8]['new'][-1][0] > 1.1",
        "no noise, 60 points: no gap": "runs[60, 0.0, 128]['new'][-1][0] - runs[60, 0.0, 128]['known'][-1][0] < 0.05",
        "180 points, 8 neurons: nearly equal, near guessing": (
            "all(0.85 < runs[180, 0.2, 8][name][-1][0] < 1.1 for name in ('known', 'new'))"
        ),
        "28 of 30 by heart": (
            "round(30 * trial(points=10, noise=0.5, width=128, epochs=1000, every=1000, seed=0)['known'][-1][1]) == 28"
        ),
    },
    12: {
        "20 patients, by validation: 0.67 and 0.50": (
            "np.allclose(np.mean([peek(200, 20, 'validation', each)[1] for each in range(100)], axis=0)[:2],"
            " [0.67, 0.50], atol=0.02)"
        ),
        "10 patients: 0.77, 300: 0.55": (
            "np.allclose([np.mean([peek(200, n, 'test', each)[1] for each in range(100)], axis=0)[1]"
            " for n in (10, 300)], [0.77, 0.55], atol=0.02)"
        ),
        "one try is honest": (
            "abs(np.mean([peek(1, 50, 'test', each)[1] for each in range(100)], axis=0)[1] - 0.5) < 0.02"
        ),
        "600 epochs and 2,000 nearly equal": (
            "abs(np.subtract(*[np.mean(cross_validate(64, epochs, spiral_folds)) for epochs in (600, 2000)])) < 0.06"
        ),
    },
    13: {
        "scale 5: about 50 steps at 0.032, none at the next rate": (
            "abs(len(walk(pairs * [1, 5], sums, 0.032)[0]) - 51) <= 6"
            " and walk(pairs * [1, 5], sums, 0.04)[1][-1] > 0.01"
        ),
        "scale 10: about 200 steps at 0.0079, none at the next rate": (
            "abs(len(walk(pairs * [1, 10], sums, 0.0079)[0]) - 201) <= 20"
            " and walk(pairs * [1, 10], sums, 0.01)[1][-1] > 0.01"
        ),
        "standardized: a single step at 0.5": "len(walk(pairs, sums, 0.5)[0]) == 2",
        "shifted by 3, 4, 5": (
            "(lambda upper, lower: upper[3] > 0.45 > upper[5] and upper[4] < 0.5 and lower[3] > 0.65"
            " and lower[3] > lower[5] + 0.1 and lower[5] > upper[5] and 0.35 < lower[5] < 0.65 and lower[6] < 0.5)"
            "(*[[np.mean(np.argmax(forward(network, flat(moved(others, right))), axis=1) == others_y)"
            " for right in range(7)] for network in (plain, varied)])"
        ),
        "turned by 90 degrees: worse than guessing": (
            "max(np.mean(np.argmax(forward(network, flat(moved(others, 0, 0, 90))), axis=1) == others_y)"
            " for network in (plain, varied)) < 1 / 6"
        ),
        "strong noise harms the one with copies more": (
            "(lambda upper, lower: upper > lower)"
            "(*[np.mean(np.argmax(forward(network, flat(np.clip(others + 255 * grain, 0, 255))), axis=1) == others_y)"
            " for network in (plain, varied)])"
        ),
    },
    14: {
        "both layers' sizes multiplied: 18, without a price 67": (
            "np.allclose([np.prod([health.typical_size(each[place].weights) for place in (0, 2)]) for each in"
            " (priced_network, free_network)], [18, 67], rtol=0.3)"
        ),
        "the loss on new points is halved, on the 300 and on the 3,000": (
            "all(measure(priced_network, *points)[0] < 0.6 * measure(each, *points)[0] for each in (network,"
            " free_network) for points in ((X_test, y_test), more_points))"
        ),
        "both large networks end on the oracle's line; 0.927 is the oracle's score, too": (
            "all(abs(runs[f'{neurons} neurons'][0]['accuracy'][-1] - best) < 0.004 for neurons in (256, 512)) and"
            " round(300 * new) == round(300 * score) == 278"
        ),
        "a spike is over a hundred epochs later": (
            "all(accuracies[place + 1] > accuracies[place - 1] - 0.04 for accuracies in [history['accuracy'] for"
            " history, _ in runs.values()] for place in range(10, 100) if accuracies[place] < accuracies[place - 1]"
            " - 0.1)"
        ),
        "strength 1.6: a corner at 24 of 36 angles with L1, at none with L2": (
            "[sum((a[0] == 0) != (b[0] == 0) for a, b in (draw_diamond(price, 1.6, angle).dot.get_data() for angle"
            " in range(0, 360, 10))) for price in ('L1', 'L2')] == [24, 0]"
        ),
        "angle 60: L1 at the axis from 2.4, in the centre from 3.8; L2 at strength 4: 0.25 and 0.35": (
            "(lambda dot: dot('L1', 2.2)[0] > 0 == dot('L1', 2.4)[0] < dot('L1', 3.6)[1] and dot('L1', 3.8) == (0,"
            " 0) and dot('L2', 4.0) == (0.25, 0.35))(lambda price, strength: tuple(float(place[0]) for place in"
            " draw_diamond(price, strength, 60).dot.get_data()))"
        ),
        "best: L2 near 0.00025, L1 near 0.0025": (
            "(lambda l1, l2: 0.0015 < l1 < 0.0041 and 0.00012 < l2 < 0.00051)(*[min(zip(new_scores[first : first +"
            " 31], [strength for _, strength in prices][first : first + 31]))[1] for first in (0, 31)])"
        ),
        "L2: 1.06 to 0.49, 0.81 to 0.79; L1: 0.53 and 0.76": (
            "np.allclose([new_scores[31], min(new_scores[31:]), min(new_scores[:31])], [[1.06, 0.81], [0.49, 0.79],"
            " [0.53, 0.76]], atol=0.08)"
        ),
        "near 0 are then 152 weights with L1, 26 with L2": (
            "(lambda l1, l2: 110 < l1 < 200 and l2 < 60)(*[sum(np.sum(np.abs(layer.weights) < 0.01) for layer in"
            " list(prices.values())[first + int(np.argmin([loss for loss, _ in new_scores[first : first +"
            " 31]]))][::2]) for first in (0, 31)])"
        ),
        "above 1 again: L2 from 0.0016, L1 from 0.0079": (
            "(lambda last: 0.0009 < last['L2'] < 0.0021 and 0.0049 < last['L1'] < 0.008)({price: strength for"
            " (price, strength), (loss, _) in zip(prices, new_scores) if loss < 1})"
        ),
        "L2 from 0.0016 has many weights near 0": (
            "min(sum(np.sum(np.abs(layer.weights) < 0.01) for layer in each[::2]) for (price, strength), each in"
            " prices.items() if price == 'L2' and strength >= 0.0016) > 80"
        ),
        "at 0.0001: L1 1.03, L2 0.58": (
            "np.allclose([dict(zip(prices, new_scores))[price, 0.0001][0] for price in ('L1', 'L2')], [1.03, 0.58],"
            " atol=0.12)"
        ),
        "L2 of 0.01: both losses 1.09": (
            "all(abs(measure(prices['L2', 0.01], *points)[0] - 1.09) < 0.015 for points in ((X, y), new_points))"
        ),
        "which letter is which bug": (
            "[(suspects[shuffled[letter]][0].__name__, suspects[shuffled[letter]][1]) for letter in 'ABCDEFG'] =="
            " [('NoBiases', 1), ('WrongSign', 1), ('SizeForSign', 1), ('Layer_Dense', 0), ('Layer_Dense', 1),"
            " ('NotInPlace', 1), ('NoTwo', 1)]"
        ),
        "which rows differ": (
            "[draw_hunt(letter, 0.1).alt.split(': ')[1].split('agree, ')[-1] for letter in 'ABCFG'] == ['biases 1"
            " and biases 2 differ.', 'weights 1, biases 1, weights 2 and biases 2 differ.', 'weights 2 and biases 2"
            " differ.', 'weights 1, biases 1, weights 2 and biases 2 differ.', 'weights 1 and biases 1 differ.']"
        ),
        "no penalty and healthy: none, at any strength; at 0.0000001 all seven agree": (
            "all('differ' not in draw_hunt(letter, strength).alt for letter in 'DE' for strength in (1e-7, 0.1,"
            " 10.0)) and all('differ' not in draw_hunt(letter, 1e-7).alt for letter in 'ABCDEFG')"
        ),
        "B at strength 1: nearly all bars point away from their dots": (
            "sum(np.sum(row.bars.get_data().values[::2] * row.dots.get_ydata() < 0) for row in draw_hunt('B',"
            " 1.0).rows.values()) == 20"
        ),
        "D stays, F becomes flatter, G at strength 10 is half as high": (
            "(lambda ratios: np.allclose(ratios('D', 1e-7), ratios('D', 10.0)) and 1 > np.median(ratios('F', 0.1)) >"
            " np.median(ratios('F', 1.0)) > np.median(ratios('F', 10.0)) and np.allclose(ratios('G', 10.0)[:9], 0.5,"
            " atol=0.06))(lambda letter, strength: np.concatenate([np.abs(row.bars.get_data().values[::2] /"
            " row.dots.get_ydata()) for row in draw_hunt(letter, strength).rows.values()]))"
        ),
    },
    15: {
        "252 of the 1,024 ways have five heads": "sum(bin(way).count('1') == 5 for way in range(1024)) == 252",
        "spread from 1.0 to about 9; wobble of a tenth or two": (
            "(lambda spread: abs(spread(0.1) - 1.0) < 0.1 and abs(spread(0.9) - 9) < 0.5)(lambda rate:"
            " float(draw_bench(rate).said.get_text().split('spread ')[1])) and np.mean([abs(float(draw_bench(0.5,"
            " seed=seed).said.get_text()[5:].split(',')[0]) - 7.32) for seed in range(31)]) < 0.2"
        ),
        "without scaling: half at 0.5, and the widest heap": (
            "(lambda heard: abs(heard[0.5][0] - 7.32 / 2) < 0.15 and heard[0.5][1] == max(each[1] for each in"
            " heard.values()))({rate: [float(word.split()[1]) for word in draw_bench(rate,"
            " scaled=False).said.get_text().split(', ')] for rate in (0.1, 0.3, 0.4, 0.5, 0.6, 0.7, 0.9)})"
        ),
        "the jag near epoch 9,000 never quite heals": (
            "max(stored[1]['history']['loss'][90:92]) > 0.6 and min(stored[1]['history']['loss'][92:]) >"
            " np.max(stored[1]['history']['loss'][85:91])"
        ),
        "the diamonds beat their own lines": (
            "all(run['test']['validation_accuracy'] > run['history']['accuracy'][-1] and"
            " run['test']['validation_loss'] < run['history']['loss'][-1] for run in stored)"
        ),
        "measured alike: known 0.79, new 0.81": (
            "np.allclose([measure(whole_network, X, y)[0], measure(whole_network, new_X, new_y)[0]], [0.79, 0.81],"
            " atol=0.04)"
        ),
        "one missing neuron costs more than a tenth": (
            "(lambda right: right(0) - right(1) > 0.07 and 0.35 < right(6) < 0.65)(lambda count:"
            " np.mean([np.argmax(forward(damaged(sturdiness['without dropout'], count, lot), few_X), axis=1) =="
            " few_y for lot in range(50)]))"
        ),
        "62 up and 60 down; 4 and 4": (
            "(lambda plain, thin: 35 < plain[1] < plain[0] < 100 and max(thin) <"
            " 8)(*[[np.mean(np.dot(forward(each[:2], few_X), part(each[2].weights, 0))) * sign for part, sign in"
            " ((np.maximum, 1), (np.minimum, -1))] for each in sturdiness.values()])"
        ),
        "undamaged, the one without dropout is better on known and on new points": (
            "all(np.subtract(*[measure(each[:3], *points)[1] for each in sturdiness.values()]) > 0.05 for points in"
            " ((few_X, few_y), (new_X, new_y)))"
        ),
        "32 missing: 0.51 and 0.37": (
            "np.allclose([np.mean([np.argmax(forward(damaged(each, 32, lot), few_X), axis=1) == few_y for lot in"
            " range(31)]) for each in sturdiness.values()], [0.37, 0.51], atol=0.06)"
        ),
        "the right one is better for most lots from 2 missing on": (
            "(lambda better: better(1) <= 15 < better(2) <= better(6) and better(12) > 25)(lambda count:"
            " sum(np.subtract(*[np.mean(np.argmax(forward(damaged(each, count, lot), few_X), axis=1) == few_y) for"
            " each in sturdiness.values()]) < 0 for lot in range(31)))"
        ),
        "lots 11, 13 and 23; 16 missing in lot 0, 13 or more in most lots": (
            "not same_digits_as_book() or (lambda right: [lot for lot in range(31) if right('without dropout', 1,"
            " lot) < 0.6] == [11, 13, 23] and right('with dropout', 16, 0) < 0.6 <= min(right('with dropout', count,"
            " 0) for count in range(16)) and sum(min(right('with dropout', count, lot) for count in range(13)) >="
            " 0.6 for lot in range(31)) > 20)(lambda name, count, lot:"
            " np.mean(np.argmax(forward(damaged(sturdiness[name], count, lot), few_X), axis=1) == few_y))"
        ),
        "better than the best of its members": "committee > np.max(members)",
        "0.53 to 0.33, and 0.03 more right": (
            "np.allclose([new_losses[0], new_losses[0.5]], [0.53, 0.33], atol=0.07) and 0.01 <= np.mean([trial[3]"
            " for trial in results[0.5]]) - np.mean([trial[3] for trial in results[0]]) < 0.07"
        ),
        "16 neurons: 0.2 does best, at 0.5 the gain is gone; seeds lie as far apart as rates": (
            "(lambda tried: (lambda means: means[0.2] < min(means.values()) + 0.02 and means[0.5] > means[0] - 0.03"
            " and max(np.ptp([trial[2] for trial in trials]) for trials in tried.values()) >="
            " np.ptp(list(means.values())))({rate: np.mean([trial[2] for trial in trials]) for rate, trials in"
            " tried.items()}))({rate: rate_trial(rate, width=16) for rate in (0, 0.1, 0.2, 0.3, 0.5)})"
        ),
    },
    16: {
        "43 zeros after the point": "f'{math.exp(-100):.50f}'[2:].index('3') == 43",
        "which letter is which bug": (
            "[[part.__name__ for part in suspects[shuffled[letter]]] for letter in 'ABCDEF'] == [['HalfASlope',"
            " 'Loss_BinaryCrossentropy'], ['Activation_Sigmoid', 'NoSamples'], ['Activation_Sigmoid',"
            " 'PlusForMinus'], ['Activation_Sigmoid', 'NoOutputs'], ['Activation_Sigmoid',"
            " 'Loss_BinaryCrossentropy'], ['Activation_Sigmoid', 'ForgetsNo']]"
        ),
        "where each hides, A nowhere": (
            "all('differ' not in draw_hunt(**setting).alt for setting in ({'version': 'B', 'samples': 1},"
            " {'version': 'C', 'truths': 'all yes'}, {'version': 'D', 'outputs': 1}, {'version': 'E'}, {'version':"
            " 'F', 'truths': 'all yes'})) and all('differ' in draw_hunt(letter).alt for letter in 'ABCDF') and"
            " all('outputs agree, scores differ' in draw_hunt('A', samples, outputs, truths).alt for samples in (1,"
            " 6) for outputs in (1, 4) for truths in ('mixed', 'all yes', 'all no'))"
        ),
        "all no: F gives nothing back, C the right sizes with the wrong sign": (
            "(lambda bars_and_dots: not np.any(bars_and_dots('F')[0]) and np.allclose(*bars_and_dots('C') * [[-1],"
            " [1]]))(lambda letter: np.array([np.concatenate([row.bars.get_data().values[::2] for row in"
            " draw_hunt(letter, truths='all no').rows.values()]), np.concatenate([row.dots.get_ydata() for row in"
            " hunt_picture.rows.values()])]))"
        ),
        "2% yes: 13 of 100 alarms, nine of ten found, one no in ten a false alarm": (
            "(lambda found, missed, false_alarms, rightly_no: 0.08 < found / (found + false_alarms) < 0.25 and found"
            " >= 15 and 0.06 < false_alarms / 980 < 0.2)(*count_answers(np.append(yes_outputs[:20],"
            " no_outputs[:980]), np.repeat([1, 0], [20, 980]), 0.5))"
        ),
        "half yes: the greatest accuracy 0.9, near 0.42": (
            "(lambda rights: abs(max(rights) / 1000 - 0.9) < 0.06 and rights[42] > max(rights) -"
            " 12)([sum(count_answers(np.append(yes_outputs[:500], no_outputs[:500]), np.repeat([1, 0], 500), each /"
            " 100)[::3]) for each in range(101)])"
        ),
        "2% yes: 0.98 at the right end, where next to none is found": (
            "(lambda counts: max(sum(each[::3]) for each in counts) <= 983 and sum(counts[100][::3]) == 980 and"
            " counts[98][0] <= 3)([count_answers(np.append(yes_outputs[:20], no_outputs[:980]), np.repeat([1, 0],"
            " [20, 980]), each / 100) for each in range(101)])"
        ),
        "to find all 20: about 0.2, and more than 300 false alarms": (
            "(lambda lowest: 0.1 < lowest < 0.3 and np.sum(no_outputs[:980] > lowest) >"
            " 250)(np.min(yes_outputs[:20]))"
        ),
        "anything from 0.03 to 0.25 costs at most 40% of 0.5": (
            "(lambda bill: max(bill(each / 100) for each in range(3, 26)) <= 0.4 * bill(0.5))(lambda threshold:"
            " np.dot(count_answers(many_outputs, many_y, threshold), [0, 20, 1, 0]))"
        ),
        "with 0.9 in place of 0.5 the accuracy falls": "np.mean((forward(X) > 0.9) * 1 == y) < train_accuracy - 0.02",
    },
    17: {
        "an outlier of 10 tilts the squared line at the end of the row, in the middle it lifts it": (
            "(lambda end, middle: end[0] < -1 and end[9] > 3 and min(middle) > 0.5 and np.ptp(middle) < 1)"
            "(*[np.ravel(fitted_line(squared, line_y + 10 * (np.arange(10) == place)[:, np.newaxis])"
            " - fitted_line(squared, line_y)) for place in (9, 5)])"
        ),
        "without decay the absolute error still moves after 300 steps, the squared one stands": (
            "(lambda lines: np.ptp(lines[0], axis=0).max() < 0.01 < 0.02 < np.ptp(lines[1], axis=0).max())"
            "([(lambda network, optimizer: [(forward(network, line_X), backward(network, loss, line_y),"
            " step(network, optimizer), network[-1].output.copy())[-1] for _ in range(300)][-8:])"
            "([Layer_Dense(1, 1), Activation_Linear()], Optimizer_Adam(learning_rate=0.3))"
            " for loss in (squared, absolute)])"
        ),
        "at first the largest weight of an awake neuron is some fifty times the smallest": (
            "(lambda weights: 45 < max(weights[weights > 0]) / min(weights[weights > 0]) < 55)"
            "(book_precision(seed=0)(lambda: new_network([1, 64, 64, 1], 0.01))()[0].weights[0])"
        ),
        "after some steps all slopes of the awake neurons have one sign, at the first they have both": (
            "[len(set(np.sign(network[0].dweights[0, np.any(network[1].output > 0, axis=0)])))"
            " for epochs in (1, 6, 15)"
            " for network in [book_precision(seed=0)(lambda: new_network([1, 64, 64, 1], 0.01))()]"
            " if book_precision()(lambda: train(network, Optimizer_Adam(0.01, decay=1e-3), X, y, epochs))()]"
            " == [2, 1, 1]"
        ),
        "with another seed 0.01 gets away from the small start, and 0.005 does not": (
            "fit(X, y, 0.01, 64, 0.01, 301, 100, seed=5)['loss'][-1] < 0.01"
            " and fit(X, y, 0.01, 64, 0.005, 501, 100, seed=1)['loss'][-1] > 0.03"
        ),
        "P: more than a third is silent": (
            "0.34 < np.mean(book_precision(seed=0)(lambda: train(new_network([1, 64, 64, 1], 0.01), Optimizer_Adam(),"
            " X, y, 1001, 1000))()['look'][-1][1]) < 0.4"
        ),
        "weights of 1: most start far too loud, one at 309": (
            "(lambda losses: sum(loss > 1 for loss in losses.values()) >= 10 and abs(losses[64, 1] - 309) < 1)"
            "({(width, seed): run['loss'][0] for (scale, width, seed), run in sine_runs.items() if scale == 1.0})"
        ),
        "weights of 1: the strokes stay near 0": (
            "all(np.median(sine_runs[1.0, 64, seed]['look'][-1][2]) < 0.1 for seed in range(4))"
        ),
        "0.01, seed 1: a quarter silent at epoch 20, more than a third from 100 on": (
            "(lambda silent: 0.2 < silent[2] < 0.3 and min(silent[10:]) > 0.34)"
            "([np.mean(is_silent) for _, is_silent, _ in sine_runs[0.01, 64, 1]['look']])"
        ),
        "width 64: one, three, four, four of four seeds learn; width 8: never all": (
            "(lambda learned: learned[64][:4] == [1, 3, 4, 4] and max(learned[8]) < 4)"
            "({width: [sum(sine_runs[scale, width, seed]['loss'][-1] < 0.01 for seed in range(4)) for scale in scales]"
            " for width in widths}) and sine_runs[0.01, 64, 0]['loss'][-1] < 0.01"
        ),
        "width 8: about half are dead from the start": (
            "0.4 < 1 - np.mean([len(sine_runs[0.1, 8, seed]['look'][0][2]) for seed in range(4)]) / 8 < 0.6"
        ),
        "0.01, width 16, seed 2: the answer is 0 everywhere": (
            "np.max(np.abs(sine_runs[0.01, 16, 2]['look'][-1][0])) < 0.001"
        ),
        "two waves: 0.001 arrives after some 800 epochs": (
            "(lambda run: 700 < next(epoch for epoch, loss in zip(run['epoch'], run['loss']) if loss < 0.02) < 900)"
            "(fit(short_X, waves_y, 0.3, 64, 0.001, 1001))"
        ),
        "two waves: weights of 1 and of 0.01": (
            "fit(short_X, waves_y, 1.0, 64, 0.01, 1001)['loss'][-1] > 0.3"
            " and (lambda run: abs(run['loss'][-1] - 0.424) < 0.005 and not np.any(run['look'][-1][1])"
            " and np.ptp(np.diff(np.ravel(run['look'][-1][0]))) < 0.001)(fit(short_X, waves_y, 0.01, 64, 0.01, 1001))"
        ),
    },
    18: {
        "seven calls forward, five back; softmax and loss in one, the first dense layer last": (
            "(lambda chain, calls: [name for name, *_ in calls] == ['forward'] * 7 + ['backward'] * 5"
            " and calls[7][1] not in chain and calls[-1][1] is chain[1])"
            "(*pictures.trace(MODELS['spiral'], *FIVE['spiral'], True))"
        ),
        "yes or no, and the sine: loss and last layer one after the other": (
            "all((lambda chain, calls: [layer for name, layer, _ in calls if name == 'backward'][:2]"
            " == [chain[-1], chain[-2]])(*pictures.trace(MODELS[name], *FIVE[name], True))"
            " for name in ('yes or no', 'sine'))"
        ),
        "without the tick no mask, only calls forward": (
            "all(name == 'forward' and 'binary_mask' not in held"
            " for name, _, held in pictures.trace(MODELS['spiral'], *FIVE['spiral'], False)[1])"
        ),
    },
    21: {
        "the new Adam's first step after epoch 5 leads more than five times as far": (
            "(lambda alone: alone.load_parameters('epoch_5.parms') or (lambda whole_way, way: way > 5 * whole_way)"
            "(*[go_on(each, 160, 1) and np.mean(np.abs(each.layers[0].weights - old)) for each in"
            " (Model.load('epoch_5.model'), alone) for old in [each.layers[0].weights.copy()]]))(clothes_model())"
        ),
        "on the real pictures it costs most after epoch 1, and helps after epoch 3": (
            "clothes.is_stand_in or (lambda jumps: max(jumps, key=jumps.get) == 1 and jumps[3] < -0.005)"
            "({stop: alone.load_parameters(f'epoch_{stop}.parms') or go_on(alone, 32 * stop, 1)[0]"
            " - never_stopped[32 * stop] for stop in range(1, 10) for alone in [clothes_model()]})"
        ),
        "on the real pictures the second step is the worst of all from epoch 2 on": (
            "clothes.is_stand_in or all(max(losses, key=losses.get) == 2 for stop in range(2, 10) for picture in"
            " [draw_stop(stop)] for losses in [dict(enumerate(picture.alone.get_ydata()[1:], start=1))])"
        ),
        "six moments without a model, and none": (
            "[steps for steps in range(9) if len(set(disk_after(STRAIGHT[:steps])[MODEL])) != 1"
            " or len(disk_after(STRAIGHT[:steps])[MODEL]) != 6] == [1, 2, 3, 4, 5, 6]"
            " and all(disk_after(BESIDE[:steps])[MODEL] in (6 * ['old'], 6 * ['new']) for steps in range(9))"
        ),
        "a model with Adam's memory is three times as large as its parameters": (
            "abs(os.path.getsize('fashion_mnist.model') / os.path.getsize('fashion_mnist.parms') - 3) < 0.01"
        ),
        "8 bits: a quarter of the size, the same accuracy; 64: the same as 32": (
            "abs(results[8][0] / results[32][0] - 0.25) < 0.01 and abs(results[8][1] - results[32][1]) < 0.01"
            " and results[64][1] == results[32][1]"
        ),
        "4 bits: at most 15 values, and little lost": (
            "results[32][1] - results[4][1] < 0.02"
            " and max(len(np.unique(weights)) for weights, _ in squeeze(fashion.get_parameters(), [4, 4, 4])[1]) == 15"
        ),
        "3 bits cost 0.04 on the real pictures, and are too few on the drawn ones": (
            "results[3][1] < 0.7 if clothes.is_stand_in else abs(results[32][1] - results[3][1] - 0.04) < 0.01"
        ),
        "2 bits: three values, 99 of 100 weights are 0, and it guesses": (
            "(lambda first: len(np.unique(first)) == 3 and abs(np.mean(first == 0) - 0.99) < 0.005)"
            "(squeeze(fashion.get_parameters(), [2, 2, 2])[1][0][0]) and results[2][1] < 0.15"
        ),
        "in layer 1 only bit 30 costs more than 0.01": "costly == [30]",
        "bit 30 of a weight between -1 and 1 is 0, and counts 128 powers of two": (
            "all(abs(after) == abs(before) * 2.0**128 for layer in (1, 2, 3) for before, after, _ in"
            " [[float(value) for value in flip(30, layer)]])"
        ),
        "layer 2 saves 2,048 bytes, layer 3 takes 640 more, and that pays": (
            "128 * 128 / 8 == 2048 and 128 * 10 * 4 / 8 == 640 and results[4][0] - judge([4, 3, 8])[0] == 1408"
            " and judge([4, 4, 8])[1] > results[4][1]"
        ),
        "every small file that is no worse gives layer 3 more than 4 bits": (
            "all(judge(bits)[1] < results[4][1] for bits in ([3, 8, 4], [3, 6, 4], [4, 3, 4], [4, 4, 3], [4, 2, 4]))"
        ),
        "55,050 parameters": "sum(a * b + b for a, b in sizes) == 55050 and check.model_bytes.answer == 12 * 55050",
    },
    22: {
        "shifted by 0.2: 0.55 to the left, a bag with 0.31 to the right": (
            "'T-shirt/top, 0.55' in draw_disturbed(shift=-0.2).alt and 'Bag, 0.31' in draw_disturbed(shift=0.2).alt"
        ),
        "noise of 100 leaves 0.76": "'T-shirt/top, 0.76' in draw_disturbed(noise=100).alt",
        "15 degrees are nothing, 30 make a shirt": (
            "[name for turn in (-30, -15, 15, 30) for name in class_names if f' {name}, ' in"
            " draw_disturbed(turn=turn).alt] == ['Shirt', 'T-shirt/top', 'T-shirt/top', 'Shirt']"
        ),
        "trousers turned by 90 degrees: a bag, above 0.99; upside down: trousers; inverted: a sandal": (
            "all(model.predict(prepare(move(OWN['trousers'], turn=turn)))[0, 8] > 0.99 for turn in (-90, 90))"
            " and 'Trouser, ' in draw_disturbed('trousers', turn=180).alt"
            " and 'Sandal, ' in draw_disturbed('trousers', inverted=True).alt"
        ),
        "inverted, only the bag is found": (
            "[class_names[np.argmax(model.predict(-prepare(own)))].lower()[:3] == name.lower()[:3]"
            " for name, own in OWN.items()] == [False, False, False, True]"
        ),
        "noise of 200 leaves 0.65": "'T-shirt/top, 0.65' in draw_disturbed(noise=200).alt",
        "the grain cancels: with noise of 200, but nothing cut off at white, hardly anything is lost": (
            "model.predict(prepare(OWN['T-shirt'] + np.random.default_rng(0).normal(0, 200, (280, 280, 3))))[0, 0]"
            " > 0.83"
        ),
        "the ground rises to about -0.45, and that alone takes most of what is lost": (
            "(lambda own, paper: abs(prepare(paper)[0, :28].mean() + 0.45) < 0.01"
            " and model.predict(prepare(np.where(own.min(axis=2, keepdims=True) > 250, paper, own)))[0, 0] < 0.7)"
            "(OWN['T-shirt'], np.clip(255 + np.random.default_rng(0).normal(0, 200, (280, 280, 3)), 0, 255))"
        ),
        "even noise of 200 fools none": (
            "all(model.predict(prepare(np.clip(own + np.random.default_rng(0).normal(0, 200, own.shape), 0, 255)))[0]"
            ".argmax() == model.predict(prepare(own))[0].argmax() for own in OWN.values())"
        ),
        "empty paper: about a quarter for T-shirt and for shirt": (
            "np.allclose(model.predict(np.full((1, 784), -1.0))[0, [0, 6]], 0.25, atol=0.02)"
        ),
    },
    19: {
        "bags have a gap in the upper rows; at row 20 trousers, sandals sometimes, others hardly ever": (
            "(lambda gaps: min(gaps[8, row] for row in (6, 7, 8)) > 0.3 and max(gaps[8, row] for row in (20, 25, 26,"
            " 27)) < 0.05 and gaps[1, 20] > 0.75 and 0.1 < gaps[5, 20] < 0.6"
            " and max(gaps[label, 20] for label in (0, 2, 3, 4, 6, 7, 8, 9)) < 0.1)"
            "({(label, row): np.mean([pixels[11:17].min() <= 20 and min(pixels[:13].max(), pixels[15:].max()) > 80"
            " for pixels in clothes.X[6000 * label:6000 * label + 100, row]]) for label in range(10)"
            " for row in (6, 7, 8, 20, 25, 26, 27)})"
        ),
        "in nearly all sneakers first and last row are black": (
            "np.mean(np.all(clothes.X[42000:48000, [0, 27]] == 0, axis=(1, 2))) > 0.9"
        ),
        "about half of the numbers are 0": "0.4 < np.mean(clothes.X == 0) < 0.65",
        "the steps, and what `other` has counted": (
            "[run[1] for run in runs.values()] == [20, 20, 80] and other.accumulated_count == 0"
        ),
        "after an epoch validation is ahead, and yet new pictures are harder": (
            "history['validation_accuracy'][0] > history['accuracy'][0]"
            " and known['validation_accuracy'] > history['validation_accuracy'][0]"
        ),
        "epoch 0: two or three answers": "np.sort(snapshots[0][1].sum(axis=0))[-3:].sum() > 9500",
        "shirts gain most, and are right least often": (
            "(lambda first, last: np.argmin(last) == 6 and np.argmax(last - first) == 6"
            " and (clothes.is_stand_in or abs(first[6] - 390) < 30 and abs(last[6] - 660) < 30))"
            "(np.diag(snapshots[1][1]), np.diag(snapshots[10][1]))"
        ),
        "bags and sneakers are easy": "min(snapshots[10][1][8, 8], snapshots[10][1][7, 7]) > 900",
        "what covers the chest is mixed up, shoes are, but hardly one with the other": (
            "(lambda counts, upper, shoes: counts[np.ix_(upper, upper)].sum() - np.diag(counts)[upper].sum() > 500"
            " and counts[np.ix_(shoes, shoes)].sum() - np.diag(counts)[shoes].sum() > 50"
            " and counts[np.ix_(upper, shoes)].sum() < 20)(snapshots[10][1], [0, 2, 4, 6], [5, 7, 9])"
        ),
        "148 shirts are called T-shirts, 112 pullovers are called coats": (
            "clothes.is_stand_in or not precision.same_digits_as_book() or (lambda wrong: (wrong[6, 0], wrong[2, 4]) =="
            " (148, 112) == tuple(np.sort(wrong, axis=None)[:-3:-1]))"
            "(snapshots[10][1] - np.diag(np.diag(snapshots[10][1])))"
        ),
        "four neurons have hardly changed, 9 is one of them; they fell nearly silent early": (
            "clothes.is_stand_in or not precision.same_digits_as_book() or (lambda change, lively: np.array_equal("
            "np.flatnonzero(change(0) < 0.02), [9, 28, 59, 78]) and np.max(lively[[9, 28, 59, 78]]) < 0.001"
            " and np.max(change(1)[[9, 28, 59, 78]]) < 0.01)"
            "(lambda epoch: np.sqrt(np.mean((snapshots[10][0] - snapshots[epoch][0]) ** 2, axis=0)),"
            " (model.forward(X_test), np.mean(model.layers[1].output > 0, axis=0))[1])"
        ),
        "half the neurons, nearly half the numbers": "counts == [55050, 118282]",
        "small batches are slow and get far": (
            "seconds[0] > seconds[3] and accuracies[0] > 0.7 and max(accuracies[3:]) < 0.45"
        ),
        "in class order the last class is what remains": (
            "sorted_history['accuracy'][0] > 0.25 and snapshot(sorted_model)[1].sum(axis=0)[9] > 9000"
        ),
        "pictures that nobody has scaled do some harm, and none to a training of their own": (
            "0.6 < model.measure(raw_test, y_test, 2048)['validation_accuracy'] < history['validation_accuracy'][-1] -"
            " 0.02 and two_epochs['0 to 255']['validation_accuracy'][-1] >"
            " two_epochs['scaled']['validation_accuracy'][-1]"
        ),
        "any order of the pixels is as good, rows of many pictures teach nothing": (
            "(lambda scores: abs(scores[0] - scores[1]) < 0.06 and min(scores[:2]) > 0.6 and scores[2] < 0.15"
            " and (clothes.is_stand_in or max(scores[:2]) < 0.75))"
            "([(np.random.seed(0), clothes_model(128, 1e-3).train(way(X[:6000]), y[:6000], epochs=2, batch_size=128,"
            " print_every=0, validation_data=(way(X_test[::5]), y_test[::5]))['validation_accuracy'][-1])[1]"
            " for way in (lambda rows: rows, lambda rows: rows[:, other_order],"
            " lambda rows: np.ascontiguousarray(rows.reshape(784, -1).T))])"
        ),
    },
    20: {
        "the cut: a fifth of the wrong, two thirds of all": (
            "np.mean(confidences[wrong] >= 0.9) < 0.2 and abs(np.mean(confidences >= 0.9) - 0.667) < 0.03"
        ),
        "95 of 100 right from a cut between 0.65 and 0.8 on, at the price of a fifth": (
            "np.mean(is_right[confidences >= 0.66]) < 0.95 < np.mean(is_right[confidences >= 0.79])"
            " and all(0.15 < np.mean(confidences < cut) < 0.25 for cut in (0.69, 0.76))"
        ),
        "at 0.76, with 7,988 left": (
            "clothes.is_stand_in or not precision.same_digits_as_book() or"
            " np.sum(confidences >= 0.76) == 7988 and np.mean(is_right[confidences >= 0.76]) >= 0.95"
            " and np.mean(is_right[confidences >= 0.75]) < 0.95"
        ),
        "shirt: 0.9 at about 0.8, fewer than half left": (
            "(lambda says: np.mean(is_right[says & (confidences >= 0.72)]) < 0.9"
            " < np.mean(is_right[says & (confidences >= 0.83)]) and np.mean(confidences[says] >= 0.77) < 0.5)"
            "(answers == SHIRT)"
        ),
        "trousers, bags and shoes: no cut": "min(precisions[[1, 5, 7, 8, 9]]) > 0.9",
        "100 pictures: about 0.06": "abs(np.percentile(np.abs(resample(100)[1] - on_test[0]), 95) - 0.063) < 0.006",
        "1,000: always ahead; 95 of 100 within 0.02, the farthest at 0.03": (
            "(lambda one, ten: np.mean(ten > one) > 0.99 and abs(np.percentile(np.abs(ten - np.mean(ten)), 95) - 0.02)"
            " < 0.003 and 0.027 < np.max(np.abs(ten - np.mean(ten))) < 0.036)(*resample(1000))"
        ),
        "30: not in every fourth draw, mostly a tie": (
            "clothes.is_stand_in or (lambda one, ten: abs(np.mean(ten > one) - 0.75) < 0.03"
            " and np.sum(ten == one) > 2 * np.sum(ten < one))(*resample(30))"
        ),
        "300: the heaps overlap; ahead in 499 draws on the same pictures, in 480 on different ones": (
            "(lambda one, ten, apart, other: np.max(one) > np.min(ten) + 0.05 and np.sum(ten > one) - 15 >"
            " np.sum(other > apart) and (clothes.is_stand_in or not precision.same_digits_as_book() or"
            " (np.sum(ten > one), np.sum(other > apart)) == (499, 480)))(*resample(300), *resample(300, False))"
        ),
        "two guesses: more than 95 of 100": (
            "np.mean(np.sum(outputs > outputs[np.arange(10_000), truths][:, np.newaxis], axis=1) < 2) > 0.95"
        ),
        "T-shirt and shirt: 85 and 148": (
            "clothes.is_stand_in or not precision.same_digits_as_book() or"
            " np.max(matrix + matrix.T - 2 * np.diag(np.diag(matrix))) == 233"
            " and (matrix[0, 6], matrix[6, 0]) == (85, 148)"
        ),
        "two kinds of tops are mixed up most; trousers, shoes and bags are easy; a shoe is taken for another shoe": (
            "set(divmod(int(np.argmax(matrix + matrix.T - 2 * np.diag(np.diag(matrix)))), 10)) < {0, 2, 3, 4, 6}"
            " and min(recalls[[1, 5, 7, 8, 9]]) > 0.93 and np.sum(matrix[[5, 7, 9]][:, [5, 7, 9]]) > 2980"
            " and np.argmin(precisions) == SHIRT"
        ),
    },
}


def untrue_claims(number, namespace):
    """The claims of chapter `number` that do not hold, each as a sentence."""
    return [f"a folded answer says {claim!r}, and it is not so"
            for claim, expression in CLAIMS.get(number, {}).items() if not eval(expression, namespace)]
