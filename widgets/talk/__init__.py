"""What is said in a transcript, apart from how it scrolls: entries, paragraphs, wrapped lines."""
