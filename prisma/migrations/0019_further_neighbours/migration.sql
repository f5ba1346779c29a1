-- The nearest normals and real anomalies after the first of each: packed, 161 bytes a score at most. Runs made before have none.
ALTER TABLE "Score" ADD COLUMN "furtherNeighbours" BYTEA;
