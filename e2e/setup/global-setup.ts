import { setEnvironment } from '@/lib/env';
import { connectionUrl, readConnectionDetails } from '@/lib/store/embedded/cluster';
import { startInstance } from './instance';

/**
 * One real Assay for all browser tests. The workers inherit this process's environment: the address, the printed
 * sign-in link, and the database, with which fixtures make people and projects through the product's own services.
 *
 * ASSAY_E2E_URL and ASSAY_DATA_DIR name an Assay that runs already (development); nothing is started or stopped then.
 */
export default async function globalSetup(): Promise<(() => Promise<void>) | undefined> {
  const { ASSAY_E2E_URL: given, ASSAY_DATA_DIR: givenData } = process.env;
  if (given !== undefined) {
    if (givenData === undefined) throw new Error('ASSAY_E2E_URL needs ASSAY_DATA_DIR: the data folder of that Assay.');
    await point(given, givenData);
    return undefined;
  }
  const instance = await startInstance();
  setEnvironment({ ASSAY_E2E_LINK: instance.link, ASSAY_HUB_URL: instance.hubUrl });
  try {
    await point(instance.url, instance.dataDir);
  } catch (error) {
    await instance.stop();
    throw error;
  }
  return () => instance.stop();
}

async function point(url: string, dataDir: string): Promise<void> {
  const details = await readConnectionDetails(dataDir);
  if (details === undefined) throw new Error(`${dataDir} holds no database details of a running Assay.`);
  setEnvironment({ ASSAY_E2E_URL: url, ASSAY_BASE_URL: url, ASSAY_DATA_DIR: dataDir, DATABASE_URL: connectionUrl(details), LOG_LEVEL: 'silent' });
}
