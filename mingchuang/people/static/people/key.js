// A passkey or security key that did not answer: say so beside the button, and move there.
document.addEventListener('allauth.error', (event) => {
  const sentence = document.getElementById('key-failed')
  if (!sentence) return
  event.preventDefault()
  sentence.hidden = false
  sentence.tabIndex = -1
  sentence.focus()
})
