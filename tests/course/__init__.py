"""The machinery that keeps notebooks and package in step: ledger, stage, normaliser, lint, drive."""
