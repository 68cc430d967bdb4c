"""The sheets of a form that is handed out to a district: the form itself, last round's figures, how to fill it in."""
