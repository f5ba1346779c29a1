-- How many samples to keep: learning curves with near copies, and diverse choices among the best.

-- CreateTable
CREATE TABLE "KeepAnalysis" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "featureSetId" UUID NOT NULL,
    "runIds" UUID[],
    "settings" JSONB NOT NULL,
    "seed" INTEGER NOT NULL,
    "codeVersion" TEXT NOT NULL,
    "state" "ResultState" NOT NULL DEFAULT 'pending',
    "summary" JSONB,
    "columnsSha256" TEXT,
    "jobId" UUID,
    "createdById" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "KeepAnalysis_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DiversePick" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "runId" UUID NOT NULL,
    "count" INTEGER NOT NULL,
    "settings" JSONB NOT NULL,
    "ofSelection" BOOLEAN NOT NULL DEFAULT false,
    "seed" INTEGER NOT NULL,
    "poolIds" UUID[],
    "acceptedIds" UUID[],
    "sampleIds" UUID[],
    "codeVersion" TEXT NOT NULL,
    "state" "ResultState" NOT NULL DEFAULT 'pending',
    "summary" JSONB,
    "jobId" UUID,
    "createdById" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "DiversePick_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "KeepAnalysis_projectId_createdAt_idx" ON "KeepAnalysis"("projectId", "createdAt");

-- CreateIndex
CREATE INDEX "DiversePick_projectId_createdAt_idx" ON "DiversePick"("projectId", "createdAt");

-- AddForeignKey
ALTER TABLE "KeepAnalysis" ADD CONSTRAINT "KeepAnalysis_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "KeepAnalysis" ADD CONSTRAINT "KeepAnalysis_featureSetId_fkey" FOREIGN KEY ("featureSetId") REFERENCES "FeatureSet"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DiversePick" ADD CONSTRAINT "DiversePick_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DiversePick" ADD CONSTRAINT "DiversePick_runId_fkey" FOREIGN KEY ("runId") REFERENCES "Run"("id") ON DELETE CASCADE ON UPDATE CASCADE;
