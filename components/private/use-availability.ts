'use client';

import { useEffect, useState } from 'react';
import { privateImagesAvailable, type Availability } from '@/lib/browser-store/private-images';

/** Whether this browser can keep images; null until it is known. */
export function usePrivateAvailability(): Availability | null {
  const [answer, setAnswer] = useState<Availability | null>(null);
  useEffect(() => {
    let gone = false;
    void privateImagesAvailable().then((found) => {
      if (!gone) setAnswer(found);
    });
    return () => {
      gone = true;
    };
  }, []);
  return answer;
}
