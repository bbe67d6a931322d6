"""What tests share: a repository of a user, with a scripted engine behind its runner."""
