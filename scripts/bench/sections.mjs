// @ts-check
import { growthSection } from './sections/growthSection.mjs';
import { largeSection } from './sections/largeSection.mjs';
import { limitsSection } from './sections/limitsSection.mjs';
import { moduleSection } from './sections/moduleSection.mjs';
import { serviceSection } from './sections/serviceSection.mjs';
import { thousandSection } from './sections/thousandSection.mjs';

/** @type {Record<import('./readArguments.mjs').SectionName, import('./section.mjs').Section>} */
export const SECTIONS = {
  module: moduleSection,
  large: largeSection,
  service: serviceSection,
  thousand: thousandSection,
  growth: growthSection,
  limits: limitsSection,
};
