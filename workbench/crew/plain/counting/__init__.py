"""What comes only once, what adds up, and what is counted though there is none of it."""
