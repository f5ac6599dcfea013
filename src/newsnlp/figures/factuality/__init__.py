"""How sure the text is of a figure: asserted, reported, planned or denied."""
