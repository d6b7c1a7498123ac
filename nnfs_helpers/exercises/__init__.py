"""What the exercises of each chapter expect: the right answers, and hints for the usual wrong ones.

One module per chapter, for example `from nnfs_helpers.exercises import chapter_02 as check`.
Try an exercise before you look in here: the answers stand in plain sight.
"""
