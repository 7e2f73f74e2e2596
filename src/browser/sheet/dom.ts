type Child = Node | string

/** A small element; `attributes` that are undefined are left out. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string | undefined>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) if (value !== undefined) made.setAttribute(name, value)
  made.append(...children)
  return made
}

export function button(label: string, classes: string, press: () => void): HTMLButtonElement {
  const made = element('button', { type: 'button', class: classes }, label)
  made.addEventListener('click', press)
  return made
}

/** The named field of a form as a text field; absent when the form has none. */
export function inputOf(form: HTMLFormElement, name: string): HTMLInputElement | undefined {
  const found = form.elements.namedItem(name)
  return found instanceof HTMLInputElement ? found : undefined
}

/** JSON that our own page carries. */
export function jsonIn<T>(text: string | null | undefined, otherwise: T): T {
  try {
    // Written by the page's own model.
    return text ? (JSON.parse(text) as T) : otherwise
  } catch {
    return otherwise
  }
}

/** Whether a page still has its field in use, so that nothing may be replaced under the hands. */
export const isInUse = (area: HTMLElement): boolean =>
  document.activeElement !== null && area.contains(document.activeElement)
