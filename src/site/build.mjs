// Makes the site of README.md, CHANGELOG.md, CONTRIBUTING.md, src/docs and the javadoc of the modules, and checks every link:
//
//     node build.mjs ROOT WORK OUT
//
// A page that no menu shows, a link to a page or an anchor that is not there: the build fails.
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'

const [root, work, out] = process.argv.slice(2).map(folder => path.resolve(folder))
const REPOSITORY = 'https://github.com/camelpostal/camel-postal/blob/main/'
const JAVADOC = { component: 'Component', dsl: 'Builders', starter: 'Spring Boot starter', sandbox: 'Sandbox',
  'sandbox-dev': 'Sandbox for development' }
const pages = new Map([['README.md', 'index'], ['CHANGELOG.md', 'changelog'], ['CONTRIBUTING.md', 'contributing'],
  ['examples/README.md', 'examples']])
for (const file of readdirSync(path.join(root, 'src/docs')).filter(name => name.endsWith('.md')).sort()) {
  pages.set('src/docs/' + file, file.replace(/\.md$/, ''))
}
const faults = []

const source = path.join(work, 'pages')
rmSync(source, { recursive: true, force: true })
rmSync(out, { recursive: true, force: true })
mkdirSync(path.join(source, '.vitepress'), { recursive: true })
cpSync(path.join(root, 'src/site/config.mjs'), path.join(source, '.vitepress/config.mjs'))
cpSync(path.join(root, 'src/docs/images'), path.join(source, 'images'), { recursive: true })
pages.forEach((name, file) => writeFileSync(path.join(source, name + '.md'), withLinksOfTheSite(file)))
writeFileSync(path.join(source, 'javadoc.md'), '# Javadoc\n\n' + Object.entries(JAVADOC)
  .map(([module, name]) => `- <a href="${process.env.SITE_BASE ?? '/'}api/${module}/index.html" target="_self">${name}</a>`).join('\n') + '\n')

const vitepress = path.join(work, 'node_modules/vitepress/bin/vitepress.js')
const built = spawnSync(process.execPath, [vitepress, 'build', source],
  { stdio: 'inherit', cwd: work, env: { ...process.env, SITE_OUT: out } })
if (built.status !== 0) {
  process.exit(built.status ?? 1)
}
for (const module of Object.keys(JAVADOC)) {
  const documentation = path.join(root, `camel-postal/camel-postal-${module}/target/reports/apidocs`)
  if (existsSync(documentation)) {
    cpSync(documentation, path.join(out, 'api', module), { recursive: true })
  } else {
    faults.push(`no javadoc of ${module}: ${documentation}`)
  }
}
checkLinks()
checkMenu()
if (faults.length > 0) {
  console.error(faults.join('\n'))
  process.exit(1)
}
console.log(`${pages.size + 1} pages in ${out}, every link leads somewhere`)

// Links to pages of the site stay inside it, links to other files go to the repository.
function withLinksOfTheSite(file) {
  return readFileSync(path.join(root, file), 'utf8').replace(/(\]\()([^)\s#]+)(#[^)\s]*)?\)/g, (link, open, target, anchor = '') => {
    if (/^[a-z]+:/.test(target) || target.startsWith('images/')) {
      return link
    }
    const meant = path.posix.normalize(path.posix.join(path.posix.dirname(file), target))
    if (pages.has(meant)) {
      return `${open}/${pages.get(meant).replace(/^index$/, '')}${anchor})`
    }
    if (meant.startsWith('src/docs/images/')) {
      return `${open}/${meant.slice('src/docs/'.length)})`
    }
    if (!existsSync(path.join(root, meant))) {
      faults.push(`${file}: there is no ${meant}`)
    }
    return open + REPOSITORY + meant + anchor + ')'
  })
}

function checkLinks() {
  const html = new Map([...pages.values(), 'javadoc'].map(name => [name, readFileSync(path.join(out, name + '.html'), 'utf8')]))
  const base = process.env.SITE_BASE ?? '/'
  html.forEach((text, name) => {
    for (const [, href] of text.matchAll(/<a [^>]*?href="([^"]*)"/g)) {
      if (/^[a-z]+:/.test(href) || href === '') {
        continue
      }
      const [target, anchor] = href.split('#')
      const inside = target === '' ? name : target.slice(base.length).replace(/\.html$/, '') || 'index'
      if (inside.startsWith('api/')) {
        if (!existsSync(path.join(out, inside + '.html'))) {
          faults.push(`${name}: ${href} leads nowhere`)
        }
      } else if (!html.has(inside)) {
        faults.push(`${name}: ${href} leads nowhere`)
      } else if (anchor && !['VPContent'].includes(anchor) && !html.get(inside).includes(` id="${decodeURIComponent(anchor)}"`)) {
        faults.push(`${name}: ${href} has no such anchor`)
      }
    }
  })
}

function checkMenu() {
  const menu = readFileSync(path.join(root, 'src/site/config.mjs'), 'utf8')
  for (const name of pages.values()) {
    if (!menu.includes(`, '${name.replace(/^index$/, '')}')`)) {
      faults.push(`${name} is in no menu of src/site/config.mjs`)
    }
  }
}
