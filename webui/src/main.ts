import { mount } from 'svelte';
import './styles/tokens.css';
import './styles/base.css';
import App from './app/App.svelte';
import { isCertificatePage, start } from './app/session.svelte';
import { applyTheme } from './app/theme.svelte';
import { guessLanguage, useLanguage } from './lib/i18n/i18n.svelte';

applyTheme();
await useLanguage(guessLanguage(navigator.languages));
const target = document.getElementById('app');
if (target) mount(App, { target });
if (!isCertificatePage()) void start();
