"""Words that make a question of a sentence. What else tells its form stands in the module that asks for it."""

AUXILIARY = r"(?:do|does|did|is|are|was|were|can|could|may|might|must|shall|should|will|would|has|have|had)"
