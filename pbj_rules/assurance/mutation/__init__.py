"""Whether the samples notice rules altered in any place, and show the effect of every condition."""
