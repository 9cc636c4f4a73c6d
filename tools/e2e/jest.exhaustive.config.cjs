const { testMatch, reporters } = require('../../jest.exhaustive.cjs');

/** @type {import('jest').Config} */
module.exports = { ...require('./jest.config.cjs'), testMatch, reporters };
