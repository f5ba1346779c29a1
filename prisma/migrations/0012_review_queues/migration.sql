-- Queues of samples that several people review together, with hidden controls among them.

-- CreateEnum
CREATE TYPE "ReviewItemKind" AS ENUM ('sample', 'control');

-- CreateTable
CREATE TABLE "ReviewQueue" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "runId" UUID,
    "source" JSONB NOT NULL,
    "order" TEXT NOT NULL,
    "controlShare" DOUBLE PRECISION NOT NULL,
    "seed" INTEGER NOT NULL,
    "createdById" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "closedAt" TIMESTAMPTZ(3),

    CONSTRAINT "ReviewQueue_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ReviewItem" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "queueId" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "sampleId" UUID NOT NULL,
    "kind" "ReviewItemKind" NOT NULL,
    "expected" "Verdict",
    "claimedById" TEXT,
    "claimedUntil" TIMESTAMPTZ(3),
    "seenVersion" INTEGER,
    "doneById" TEXT,
    "doneAt" TIMESTAMPTZ(3),
    "verdict" "Verdict",
    "reason" "RejectReason",
    "milliseconds" INTEGER,
    "decisionId" UUID,

    CONSTRAINT "ReviewItem_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "ReviewQueue_projectId_createdAt_idx" ON "ReviewQueue"("projectId", "createdAt");

-- CreateIndex
CREATE INDEX "ReviewItem_queueId_doneById_doneAt_idx" ON "ReviewItem"("queueId", "doneById", "doneAt");

-- CreateIndex
CREATE INDEX "ReviewItem_sampleId_idx" ON "ReviewItem"("sampleId");

-- Only open items are handed out, in order: however many are done, the next ones are found at once.
CREATE INDEX "ReviewItem_open_idx" ON "ReviewItem"("queueId", "position") WHERE "doneAt" IS NULL;

-- What somebody holds now.
CREATE INDEX "ReviewItem_held_idx" ON "ReviewItem"("queueId", "claimedById") WHERE "doneAt" IS NULL AND "claimedById" IS NOT NULL;

-- AddForeignKey
ALTER TABLE "ReviewQueue" ADD CONSTRAINT "ReviewQueue_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ReviewQueue" ADD CONSTRAINT "ReviewQueue_runId_fkey" FOREIGN KEY ("runId") REFERENCES "Run"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ReviewItem" ADD CONSTRAINT "ReviewItem_queueId_fkey" FOREIGN KEY ("queueId") REFERENCES "ReviewQueue"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ReviewItem" ADD CONSTRAINT "ReviewItem_sampleId_fkey" FOREIGN KEY ("sampleId") REFERENCES "Sample"("id") ON DELETE CASCADE ON UPDATE CASCADE;
