-- Heat maps: patches of a feature set's network, and how far each is from the patches of training normals.

-- CreateTable
CREATE TABLE "PatchSet" (
    "featureSetId" UUID NOT NULL,
    "state" "ResultState" NOT NULL DEFAULT 'pending',
    "fingerprint" TEXT NOT NULL DEFAULT '',
    "seed" INTEGER NOT NULL,
    "parameters" JSONB NOT NULL,
    "scale" JSONB,
    "jobId" UUID,
    "createdById" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "PatchSet_pkey" PRIMARY KEY ("featureSetId")
);

-- CreateTable
CREATE TABLE "PatchChunk" (
    "featureSetId" UUID NOT NULL,
    "index" INTEGER NOT NULL,
    "sampleIds" UUID[],
    "sha256" TEXT NOT NULL,

    CONSTRAINT "PatchChunk_pkey" PRIMARY KEY ("featureSetId","index")
);

-- CreateTable
CREATE TABLE "PatchMap" (
    "featureSetId" UUID NOT NULL,
    "sampleId" UUID NOT NULL,
    "rows" INTEGER NOT NULL,
    "columns" INTEGER NOT NULL,
    "left" DOUBLE PRECISION NOT NULL,
    "top" DOUBLE PRECISION NOT NULL,
    "width" DOUBLE PRECISION NOT NULL,
    "height" DOUBLE PRECISION NOT NULL,
    "distances" BYTEA NOT NULL,
    "unit" DOUBLE PRECISION NOT NULL,
    "score" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "PatchMap_pkey" PRIMARY KEY ("featureSetId","sampleId")
);

-- CreateIndex
CREATE INDEX "PatchMap_sampleId_idx" ON "PatchMap"("sampleId");

-- AddForeignKey
ALTER TABLE "PatchSet" ADD CONSTRAINT "PatchSet_featureSetId_fkey" FOREIGN KEY ("featureSetId") REFERENCES "FeatureSet"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PatchChunk" ADD CONSTRAINT "PatchChunk_featureSetId_fkey" FOREIGN KEY ("featureSetId") REFERENCES "PatchSet"("featureSetId") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PatchMap" ADD CONSTRAINT "PatchMap_featureSetId_fkey" FOREIGN KEY ("featureSetId") REFERENCES "PatchSet"("featureSetId") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PatchMap" ADD CONSTRAINT "PatchMap_sampleId_fkey" FOREIGN KEY ("sampleId") REFERENCES "Sample"("id") ON DELETE CASCADE ON UPDATE CASCADE;
