// What one call did not finish is sent again by itself; the page that comes back says how much is left.
document.querySelector('[data-go-on]').submit();
