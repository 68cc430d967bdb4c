"""The only package that writes output/: one module per artefact."""
