try{const t=localStorage.getItem("kb-theme");if(t==="light"||t==="dark")document.documentElement.dataset.theme=t}catch{}
