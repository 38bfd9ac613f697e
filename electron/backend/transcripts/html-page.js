// Runs inside the exported page: the player, and the step index that jumps in it.
const cast = JSON.parse(document.getElementById('cast').textContent);
const player = AsciinemaPlayer.create({ data: cast }, document.getElementById('player'), {
  fit: 'width',
  idleTimeLimit: 2,
  preload: true,
  terminalFontSize: 'small',
});
for (const button of document.querySelectorAll('[data-marker]')) {
  button.addEventListener('click', async () => {
    await player.seek({ marker: Number(button.dataset.marker) });
    await player.play();
  });
}
