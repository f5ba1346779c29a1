-- The rank of a score is the number of better ones in its run: counted from this index alone.
CREATE INDEX "Score_runId_quality_idx" ON "Score"("runId", "quality");
