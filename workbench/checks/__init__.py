"""What machines can prove about a proposal."""
