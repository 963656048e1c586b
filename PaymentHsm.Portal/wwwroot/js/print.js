// A button with data-print prints the page; the style sheet decides what of it is on paper.
export function startPrint() {
    document.addEventListener('click', event => {
        if (event.target.closest?.('[data-print]')) window.print();
    });
}
