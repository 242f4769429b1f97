// Navigation, search and anchors of the site; copied to .vitepress beside the pages by build.mjs.
import { defineConfig } from 'vitepress'

const page = (text, link) => ({ text, link: '/' + link })

// The anchors of GitHub, so that a link works there and here.
const slugify = text => text.trim().toLowerCase().replace(/[^\p{L}\p{N}\p{M}_ -]/gu, '').replace(/ /g, '-')

// {{...}} is a placeholder of Camel's on these pages, not one of the site's.
const withoutTemplates = markdown => ['text', 'code_block', 'code_inline'].forEach(rule => {
  const render = markdown.renderer.rules[rule]
  markdown.renderer.rules[rule] = (...args) => render(...args).replaceAll('{{', '&#123;&#123;')
})

export default defineConfig({
  // the generator styles fenced blocks only: an indented command must not widen the page
  head: [['style', {}, '.vp-doc pre:not([class]) { overflow-x: auto; background: var(--vp-code-block-bg); padding: 12px 16px; border-radius: 8px }']],
  title: 'camel-postal',
  description: 'Connects Apache Camel routes with the Postal mail server',
  base: process.env.SITE_BASE ?? '/',
  outDir: process.env.SITE_OUT,
  ignoreDeadLinks: [/^\/api\//],
  markdown: { anchor: { slugify }, config: withoutTemplates },
  themeConfig: {
    search: { provider: 'local' },
    outline: { level: [2, 3] },
    nav: [page('Component', 'component'), page('Sandbox', 'sandbox'), page('Postal', 'postal-protocol'), page('Javadoc', 'javadoc')],
    sidebar: [
      { text: 'Start', items: [page('What it is', ''), page('Getting started', 'getting-started'), page('Examples', 'examples'), page('Changelog', 'changelog')] },
      {
        text: 'Use',
        items: [
          page('Component', 'component'), page('Spring Boot', 'spring-boot'), page('Kamelets', 'kamelets'),
          page('Several mail servers', 'several-servers'), page('SMTP', 'smtp'), page('Health', 'health'), page('Broken inputs', 'broken-inputs'), page('Doctor', 'doctor'), page('Camel JBang', 'jbang'), page('Observability', 'observability'), page('Runtimes', 'runtimes')
        ]
      },
      {
        text: 'Applications',
        items: [page('Send once', 'send-once'), page('Conversations', 'conversations'), page('Recipients', 'recipients')]
      },
      { text: 'Test', items: [page('Sandbox', 'sandbox'), page('How faithful it is', 'sandbox-faithfulness')] },
      {
        text: 'Reference',
        items: [page('Javadoc', 'javadoc'), page('How Postal behaves', 'postal-protocol'), page("Postal's features", 'coverage'),
          page('Benchmarks', 'benchmarks')]
      },
      { text: 'Contribute', items: [page('Contributing', 'contributing'), page('Architecture', 'architecture'),
          page('Testing', 'testing'), page('Quality', 'quality'), page('Releasing', 'releasing')] }
    ],
    socialLinks: [{ icon: 'github', link: 'https://github.com/camelpostal/camel-postal' }]
  }
})
