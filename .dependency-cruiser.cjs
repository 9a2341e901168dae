module.exports = require('./test/architecture/dependency-rules.cjs').rulesUnder('');
