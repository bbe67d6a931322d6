"""What a diff is, apart from how it is shown: files, hunks, paired rows, changed words."""
