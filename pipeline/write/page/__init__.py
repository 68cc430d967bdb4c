"""status.html: one page for all rounds of the campaign, for a phone, a screen and paper; without script or request."""
