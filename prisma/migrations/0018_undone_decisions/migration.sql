-- Whether a decision was taken back is asked of every decision when a past time is looked at.
CREATE INDEX "Decision_undoesDecisionId_idx" ON "Decision"("undoesDecisionId");
