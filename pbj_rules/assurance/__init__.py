"""Tools that prove the rules and test the tests of them; readers of the one condition tree."""
