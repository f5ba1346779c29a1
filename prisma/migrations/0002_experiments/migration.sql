-- AlterTable
ALTER TABLE "Score" ADD COLUMN "parts" JSONB;

-- CreateEnum
CREATE TYPE "SetKind" AS ENUM ('image', 'tabular');

-- CreateTable
CREATE TABLE "Experiment" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "settings" JSONB NOT NULL,
    "codeVersion" TEXT NOT NULL,
    "state" "ResultState" NOT NULL DEFAULT 'pending',
    "jobId" UUID,
    "createdById" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Experiment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ExperimentSet" (
    "id" UUID NOT NULL,
    "experimentId" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "kind" "SetKind" NOT NULL,
    "featureSetId" UUID,
    "normals" INTEGER NOT NULL,
    "anomalies" INTEGER NOT NULL,
    "dim" INTEGER NOT NULL,

    CONSTRAINT "ExperimentSet_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ExperimentCell" (
    "id" UUID NOT NULL,
    "experimentId" UUID NOT NULL,
    "setId" UUID NOT NULL,
    "seed" INTEGER NOT NULL,
    "state" "ResultState" NOT NULL DEFAULT 'pending',
    "jobId" UUID,
    "seconds" DOUBLE PRECISION,
    "errorCode" TEXT,
    "errorMessage" TEXT,
    "refused" JSONB,

    CONSTRAINT "ExperimentCell_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ExperimentResult" (
    "cellId" UUID NOT NULL,
    "evaluator" TEXT NOT NULL,
    "aucQlt" DOUBLE PRECISION NOT NULL,
    "aulcGood" DOUBLE PRECISION NOT NULL,
    "accGood" DOUBLE PRECISION NOT NULL,
    "aulcPoor" DOUBLE PRECISION NOT NULL,
    "seconds" DOUBLE PRECISION NOT NULL,
    "goodCurve" JSONB NOT NULL,
    "poorCurve" JSONB NOT NULL,

    CONSTRAINT "ExperimentResult_pkey" PRIMARY KEY ("cellId","evaluator")
);

-- CreateIndex
CREATE INDEX "Experiment_projectId_createdAt_idx" ON "Experiment"("projectId", "createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "ExperimentSet_experimentId_position_key" ON "ExperimentSet"("experimentId", "position");

-- CreateIndex
CREATE INDEX "ExperimentCell_experimentId_state_idx" ON "ExperimentCell"("experimentId", "state");

-- CreateIndex
CREATE UNIQUE INDEX "ExperimentCell_setId_seed_key" ON "ExperimentCell"("setId", "seed");

-- AddForeignKey
ALTER TABLE "Experiment" ADD CONSTRAINT "Experiment_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ExperimentSet" ADD CONSTRAINT "ExperimentSet_experimentId_fkey" FOREIGN KEY ("experimentId") REFERENCES "Experiment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ExperimentSet" ADD CONSTRAINT "ExperimentSet_featureSetId_fkey" FOREIGN KEY ("featureSetId") REFERENCES "FeatureSet"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ExperimentCell" ADD CONSTRAINT "ExperimentCell_experimentId_fkey" FOREIGN KEY ("experimentId") REFERENCES "Experiment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ExperimentCell" ADD CONSTRAINT "ExperimentCell_setId_fkey" FOREIGN KEY ("setId") REFERENCES "ExperimentSet"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ExperimentResult" ADD CONSTRAINT "ExperimentResult_cellId_fkey" FOREIGN KEY ("cellId") REFERENCES "ExperimentCell"("id") ON DELETE CASCADE ON UPDATE CASCADE;
