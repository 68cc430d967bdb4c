"""The sheets of the summary workbook, a module each: every one has `put(book, …)` that writes it whole."""
