// The document is large, so types start folded; no validator of another host is asked.
window.addEventListener('load', () => SwaggerUIBundle({
    url: '../api-docs',
    dom_id: '#interface',
    deepLinking: true,
    docExpansion: 'none',
    defaultModelsExpandDepth: -1,
    filter: true,
    validatorUrl: null
}));
